"""Names come out under one canonical spelling, and weak ones only with support."""

import pytest

from timeline.knowledge import Knowledge
from timeline.pipeline import Extractor
from timeline.text import fold_words

GATES = ["Trà Lĩnh–Longbang", "Tà Lùng–Shuikou", "Lý Vạn–Shuolong", "Hữu Nghị–Youyiguan", "Móng Cái–Dongxing"]


def names(engine: Extractor, text: str, language: str) -> set[str]:
    return {span.name for span in engine.find_names(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "in Cao Bang province", "Cao Bằng"),
        ("vi", "tỉnh Cao Bằng", "Cao Bằng"),
        ("zh", "越南高平省", "Cao Bằng"),
        ("ru", "в провинции Каобанг", "Cao Bằng"),
        ("he", "במחוז קאו באנג", "Cao Bằng"),
        ("cs", "s provincií Cao Bangem", "Cao Bằng"),
        ("cs", "v autonomní oblasti Kuang-si", "Guangxi"),
        ("ru", "в Гуанси", "Guangxi"),
        ("zh", "在龙邦口岸", "Trà Lĩnh–Longbang"),
        ("zh", "在龍邦口岸", "Trà Lĩnh–Longbang"),
        ("ru", "пограничный переход Чалинь", "Trà Lĩnh–Longbang"),
        ("en", "the Huu Nghi border gate", "Hữu Nghị–Youyiguan"),
        ("ru", "министр Буй Тхань Шон", "Bùi Thanh Sơn"),
        ("cs", "Lidový výbor provincie Cao Bang", "Cao Bằng People's Committee"),
        # an organ across the border, called by the word of this side
        ("vi", "Sở Ngoại vụ Quảng Tây", "Guangxi Foreign Affairs Office"),
        ("en", "the Wenshan People's Committee", "Wenshan People's Government"),
        ("zh", "高平省人民政府", "Cao Bằng People's Committee"),
    ],
)
def test_one_canonical_name_in_any_script(engine: Extractor, language: str, text: str, name: str) -> None:
    assert name in names(engine, text, language)


@pytest.mark.parametrize("pair", GATES)
def test_both_sides_of_a_pair_are_one_gate(engine: Extractor, knowledge: Knowledge, pair: str) -> None:
    gate = knowledge.tables.gates[pair]
    text = f"the {gate.vn_name} (Vietnam) – {gate.cn_name} (China) border gate"
    assert pair in names(engine, text, "en")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("vi", "quan hệ hữu nghị giữa hai nước", "Hữu Nghị–Youyiguan"),
        ("vi", "vì hòa bình và phát triển", "Hòa Bình"),
        ("it", "è nato a Hanoi", "NATO"),
        ("en", "They visited Lao Cai city.", "Lào Cai–Hekou"),
    ],
)
def test_a_weak_name_needs_support(engine: Extractor, language: str, text: str, name: str) -> None:
    assert name not in names(engine, text, language)


def test_a_person_beside_an_office_is_found_by_form(engine: Extractor) -> None:
    spans = engine.find_names("Ông Nguyễn Văn Bình Minh, Chủ tịch UBND tỉnh Cao Bằng", "vi")
    assert ("person", "Nguyễn Văn Bình Minh") in {(span.kind, span.name) for span in spans}


@pytest.mark.parametrize(("language", "text"), [("es", "El ministro RP de Vietnam visitó Lang Son"), ("nl", "minister BZ van Vietnam")])
def test_letters_and_a_particle_behind_an_office_are_nobody(engine: Extractor, language: str, text: str) -> None:
    assert {span.name for span in engine.find_names(text, language) if span.kind == "person"} == set()


def test_a_small_word_behind_a_name_is_no_part_of_it(engine: Extractor) -> None:
    assert "Bùi Thanh Sơn" in names(engine, "รัฐมนตรีว่าการกระทรวงการต่างประเทศ บุย แทงห์ เซิน ได้กล่าวเปิดการประชุม", "th")


def test_no_place_runs_into_a_gate(engine: Extractor) -> None:
    assert names(engine, "山脚下龙邦口岸附近", "zh") == {"Trà Lĩnh–Longbang"}


def test_party_secretaries_stand_for_their_committees(engine: Extractor) -> None:
    found = names(engine, "provinční tajemníci strany z provincií Quang Ninh, Lang Son a Cao Bang", "cs")
    assert {"Quảng Ninh Party Committee", "Lạng Sơn Party Committee", "Cao Bằng Party Committee"} <= found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Led by Do Duc Khanh, the delegation left", "Do Duc Khanh"),  # three syllables need no role
        ("ru", "Провинцию представлял Нгуен Ван Тхо", "Nguyen Van Tho"),
        ("uk", "Делегацію очолив Чан Ван Минь", "Tran Van Minh"),
        ("fr", "le maire Jean-Paul Martin", "Jean-Paul Martin"),
        ("fr", "le ministre Jean-Noël BARTIN a dit", "Jean-Noël Bartin"),
        ("id", "Menlu Thailand Somchai Wongsa tiba", "Somchai Wongsa"),
        ("nl", "minister Hans van den Berg sprak", "Hans van den Berg"),
        ("en", "John Smith, the mayor of Boston", "John Smith"),
        ("hu", "Kis János házelnök fogadta", "Kis János"),
        ("ru", "посол Иван Чернов сообщил", "Ivan Chernov"),
        ("el", "ο υπουργός Νίκος Παππάς έφτασε", "Nikos Pappas"),
        ("en", "Deputy secretary Dai Lan Hua", "Dai Lanhua"),
        ("en", "Minister Nguyen Hong Dien spoke", "Nguyen Hong Dien"),  # no Mr Hong
        ("cs", "hejtman Karlovarského kraje Petr Novák přivítal", "Petr Novák"),
    ],
)
def test_people_outside_the_gazetteer_are_found_by_form(engine: Extractor, language: str, text: str, name: str) -> None:
    assert fold_words(name) in map(fold_words, names(engine, text, language))  # with its marks where the table has such a person


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ko", "부이 응옥 선 위원장이 환영했다", "Bui Ngoc Son"),
        ("ja", "グエン・ドゥック・ハイ国会副議長", "Nguyen Duc Hai"),
        ("ar", "السيد نغوين مانه سون، رئيس اللجنة", "Nguyen Manh Son"),
        ("fa", "رئیس کمیته نگوین وان سون، گفت", "Nguyen Van Son"),
        ("ur", "چیئرمین نگوین وان سون نے کہا", "Nguyen Van Son"),
        ("he", "נגוין ואן סון, אמר", "Nguyen Van Son"),
        ("hi", "अध्यक्ष गुयेन वान सोन ने कहा", "Nguyen Van Son"),
        ("bn", "চেয়ারম্যান নগুয়েন ভ্যান সনের সঙ্গে", "Nguyen Van Son"),
        ("th", "นายเหงียน ดึ๊ก หาย รองประธาน", "Nguyen Duc Hai"),
        ("lo", "ທ່ານ ຫງວຽນ ດຶກ ຫາຍ ຮອງປະທານ", "Nguyen Duc Hai"),
        ("km", "លោក ង្វៀន វ៉ាន់ សើន ប្រធាន", "Nguyen Van Son"),
        ("el", "Ο Νγκουγέν Βαν Σον δήλωσε", "Nguyen Van Son"),
        ("ar", "وصل Nguyen Van Son إلى هانوي", "Nguyen Van Son"),  # left in Latin letters
    ],
)
def test_a_script_without_capitals_tells_people_by_their_syllables(engine: Extractor, language: str, text: str, name: str) -> None:
    found = [span for span in engine.find_names(text, language) if span.kind == "person"]
    assert [fold_words(span.name) for span in found] == [fold_words(name)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le maire de Saint-Denis est venu"),
        ("en", "the Deputy Secretary General spoke"),
        ("pl", "przewodniczący Komitetu Ludowego"),
        ("en", "at Ba Be Lake, chairman of the co-operative"),
        ("vi", "lãnh đạo Tổng Bí thư"),
    ],
)
def test_a_role_before_a_place_or_a_body_names_nobody(engine: Extractor, language: str, text: str) -> None:
    assert [span.name for span in engine.find_names(text, language) if span.kind == "person"] == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The Vietnamese Embassy in Laos hosted", "Embassy of Vietnam in Laos"),
        ("zh", "中国驻老挝大使馆举办", "Embassy of China in Laos"),
        ("ja", "在ラオス中国大使館", "Embassy of China in Laos"),
        ("tr", "Türkiye'nin Hanoi Büyükelçiliği", "Embassy of Turkey in Vietnam"),
        ("ar", "سفارة فيتنام بالقاهرة", "Embassy of Vietnam in Egypt"),
        ("en", "the Consulate General of Vietnam in Osaka", "Consulate General of Vietnam in Osaka"),
    ],
)
def test_a_mission_is_whose_and_where_the_names_beside_it_say(engine: Extractor, language: str, text: str, name: str) -> None:
    assert name in names(engine, text, language)


def test_an_embassy_beside_its_own_country_alone_is_none(engine: Extractor) -> None:
    assert not [name for name in names(engine, "They met at the Vietnamese Embassy. In Hanoi it rained.", "en") if "Embassy" in name]


@pytest.mark.parametrize(
    ("language", "text", "names_told"),
    [
        (
            "en",
            "the Party Committee, People's Council and People's Committee of Lao Cai",
            {"Lào Cai Party Committee", "Lào Cai People's Council"},
        ),
        ("vi", "HĐND tỉnh, UBND tỉnh Cao Bằng tiếp đoàn", {"Cao Bằng People's Council", "Cao Bằng People's Committee"}),
        (
            "th",
            "กระทรวงกลาโหมกัมพูชา กระทรวงการต่างประเทศลาว",
            {"Ministry of National Defence of Cambodia", "Ministry of Foreign Affairs of Laos"},
        ),
    ],
)
def test_what_a_list_of_bodies_tells_once_holds_for_each(engine: Extractor, language: str, text: str, names_told: set[str]) -> None:
    assert names_told <= names(engine, text, language)


def test_a_place_that_a_secretary_goes_to_is_not_his(engine: Extractor) -> None:
    found = names(engine, "Bí thư Khu ủy Quảng Tây Trần Cương đến Lạng Sơn", "vi")
    assert "Guangxi Party Committee" in found
    assert "Lạng Sơn Party Committee" not in found


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("vi", "tại xã Cốc Pàng, các chiến sĩ", "Cốc Pàng"),
        ("fr", "dans la commune de Duc Hanh", "Duc Hanh"),
        ("en", "in Coc Pang commune", "Coc Pang"),
    ],
)
def test_a_village_that_no_table_lists_is_told_by_its_noun(engine: Extractor, language: str, text: str, name: str) -> None:
    assert ("place", name) in {(span.kind, span.name) for span in engine.find_names(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the City Party Committee met"),
        ("vi", "Bí thư thị trấn Nguyễn Văn An"),
        ("sv", "i staden Pham Xuan Tung"),
        ("en", "New York city and the district Court House"),
    ],
)
def test_other_capitals_beside_such_a_noun_are_no_village(engine: Extractor, language: str, text: str) -> None:
    assert [span.name for span in engine.find_names(text, language) if span.rule == "place-by-form"] == []


def test_of_several_party_secretaries_the_name_behind_is_the_last_ones(engine: Extractor) -> None:
    found = names(engine, "The Party secretaries of Lang Son and Ha Giang and the secretary of Guangxi, Liu Ning, met.", "en")
    assert {"Lạng Sơn Party Committee", "Hà Giang Party Committee", "Liu Ning"} <= found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "UBND các tỉnh Lạng Sơn, Quảng Ninh và Cao Bằng"),
        ("zh", "谅山、广宁、高平三省人民委员会"),
    ],
)
def test_an_organ_of_several_provinces_is_each_ones(engine: Extractor, language: str, text: str) -> None:
    found = names(engine, text, language)
    assert {"Lạng Sơn People's Committee", "Quảng Ninh People's Committee", "Cao Bằng People's Committee"} <= found


def test_party_secretaries_may_stand_behind_their_provinces(engine: Extractor) -> None:
    found = names(engine, "Lang Son, Cao Bang ve Ha Giang parti sekreterleri görüştü.", "tr")
    assert {"Lạng Sơn Party Committee", "Cao Bằng Party Committee", "Hà Giang Party Committee"} <= found


def test_a_date_behind_an_office_is_nobody(engine: Extractor) -> None:
    assert not [s for s in engine.find_names("Halk Komitesi Başkanı, 17 Temmuz Perşembe günü geldi.", "tr") if s.kind == "person"]


def test_a_chinese_name_may_stand_before_its_office(engine: Extractor) -> None:
    assert "Wei Guangming" in names(engine, "出席的有韦光明市长。代表团会见韦光明市长。", "zh")


def test_a_weak_name_counts_in_a_list_of_places(engine: Extractor) -> None:
    assert "Daxin" in names(engine, "Ningming, Longzhou, Daxin and Jingxi took part.", "en")
    assert "Daxin" not in names(engine, "Mr Daxin took part.", "en")


def test_of_two_places_with_one_name_that_of_the_province_named_is_meant(engine: Extractor) -> None:
    assert "Trùng Khánh" in names(engine, "in Trung Khanh district, Cao Bang", "en")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ja", "フランスのオリビエ・ランベール大使は省を訪問した。", "オリビエ・ランベール"),
        ("zh", "法国驻越南大使奥利维耶·朗贝尔在河内表示", "奥利维耶·朗贝尔"),
        ("ko", "이날 이영호 총영사가 참석했다.", "이영호"),
        ("hi", "फ्रांस के राजदूत ओलिवियर लैम्बर्ट ने काओ बांग का दौरा किया।", "ओलिवियर लैम्बर्ट"),
        ("bn", "ফ্রান্সের রাষ্ট্রদূত অলিভিয়ের ল্যামবার্ট বলেছেন, সীমান্ত খোলা।", "অলিভিয়ের ল্যামবার্ট"),
        ("fa", "سفیر فرانسه در ویتنام، اولیویه لامبر، از کائوبانگ بازدید کرد.", "اولیویه لامبر"),
        ("ar", "وصرح الوزير الهندي راجيش شارما للصحفيين بأن المشروع يسير", "راجيش شارما"),
        ("he", "השר יאן נובאק אמר כי הגבול פתוח", "יאן נובאק"),
        ("th", "นายโอลิวิเยร์ ล็องแบร์ กล่าวว่า", "โอลิวิเยร์ ล็องแบร์"),
        ("lo", "ທ່ານ ບຸນທອງ ໄຊຍະວົງ ເຈົ້າແຂວງຫຼວງພະບາງ ກ່າວ", "ບຸນທອງ ໄຊຍະວົງ"),
        ("km", "លោក សុខ ចន្តារា អភិបាលខេត្ត បានមានប្រសាសន៍", "សុខ ចន្តារា"),
    ],
)
def test_people_of_any_nation_stand_beside_their_office(engine: Extractor, language: str, text: str, name: str) -> None:
    assert [span.name for span in engine.find_names(text, language) if span.kind == "person"] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "وزیر گفت که تجارت دوجانبه رشد کرد."),
        ("ko", "정부의 장관과 이번의 대사가 왔다."),
        ("hi", "मंत्री ने कहा कि व्यापार बढ़ा है।"),
        ("th", "รัฐมนตรี กล่าวว่า การค้าเพิ่มขึ้น"),
        ("ja", "ホテル・マネージャーの大使館"),
    ],
)
def test_common_words_beside_an_office_are_nobody(engine: Extractor, language: str, text: str) -> None:
    assert not [span for span in engine.find_names(text, language) if span.kind == "person"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "林業局長と農業大臣、馬山県書記、石川県知事、グリーン・エネルギー大臣が来た。"),
        ("ko", "고용부 장관과 선관위 위원장이 왔다."),
        ("hi", "राष्ट्रपति बहुत खुश हुए।"),
        ("th", "โฆษก แถลงข่าว ประจำวัน"),
        ("ru", "У Вани дом, Ян Маша рядом."),
        ("ar", "والتقى الرئيس عددا كبيرا من الناس"),
        ("he", "מנהל מפעל גדול סיפר"),
    ],
)
def test_organs_adverbs_and_places_beside_an_office_are_nobody(engine: Extractor, language: str, text: str) -> None:
    assert not [span for span in engine.find_names(text, language) if span.kind == "person"]


@pytest.mark.parametrize(
    ("language", "text", "gates"),
    [
        ("zh", "凭祥市代表在友谊关口岸会晤。", {"Hữu Nghị–Youyiguan"}),
        ("zh", "保乐县到龙邦口岸。", {"Trà Lĩnh–Longbang"}),
        ("ko", "베트남 라오까이성(Lao Cai)의 운영이 재개됐다.", set()),
        ("ko", "라오까이(Lao Cai) 국경 관문이 폐쇄됐다.", {"Lào Cai–Hekou"}),
        ("ro", "Tineri din Mong Cai (Vietnam) și Dongxing (China) au cântat.", set()),
        ("en", "the Mong Cai (Vietnam) – Dongxing (China) border gate", {"Móng Cái–Dongxing"}),
    ],
)
def test_a_gate_is_told_from_its_town(engine: Extractor, language: str, text: str, gates: set[str]) -> None:
    assert {span.name for span in engine.find_names(text, language) if span.kind == "gate"} == gates


@pytest.mark.parametrize(
    ("text", "name"),
    [("โดยนายหวัง อี้ เยือนเวียดนาม", "Wang Yi"), ("นายเหงียน ฮิว ดิง กงสุลใหญ่ พบกับผู้ว่าราชการ", "Nguyen Huu Dinh")],
)
def test_a_name_ends_before_the_next_word_where_no_blank_tells(engine: Extractor, text: str, name: str) -> None:
    assert [span.name for span in engine.find_names(text, "th") if span.kind == "person"] == [name]


def test_a_weak_name_counts_before_its_province(engine: Extractor) -> None:
    assert "Honghe" in names(engine, "The border team of Hong Ha, Yunnan province, came.", "en")
    assert "Honghe" not in names(engine, "The Hong Ha hotel lies far from Yunnan; it is full.", "en")


@pytest.mark.parametrize(("language", "text"), [("id", "pukul 9 waktu Hanoi"), ("zh", "北京时间9点"), ("en", "on the Beilun River")])
def test_a_city_s_time_and_a_river_are_no_places(engine: Extractor, language: str, text: str) -> None:
    assert names(engine, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("vi", "Quảng Ninh, Quảng Ninh: Sở Y tế tỉnh Vân Nam", "Yunnan Department of Health"),
        ("en", "Quang Ninh: the Department of Transport of the province of Sekong", "Sekong Department of Transport"),
        ("cs", "Quang Tri: s vojenským velitelstvím provincie Savannakhet", "Savannakhet Military Command"),
    ],
)
def test_an_organ_is_that_of_the_province_beside_it_on_whatever_side(engine: Extractor, language: str, text: str, name: str) -> None:
    assert [span.name for span in engine.find_names(text, language) if span.kind == "body"] == [name]


def test_an_organ_of_a_province_that_no_table_lists_is_not_at_home(engine: Extractor) -> None:
    text = "Quảng Trị, Quảng Trị: the Military Command of the province of Zamunda came."
    assert not [span for span in engine.find_names(text, "en") if span.kind == "body"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [  # whoever leads the organ, meets it or hails from abroad gives it no other home
        ("vi", "Cao Bằng, Cao Bằng. Phó Chủ tịch Thường trực HĐND tỉnh Hoàng Văn Thạch tiếp đoàn", "Cao Bằng People's Council"),
        ("cs", "Cao Bang, Cao Bang. Předseda Lidového výboru provincie Hoang Xuan Anh přijal", "Cao Bằng People's Committee"),
        ("ru", "Каобанг, Каобанг. Народный комитет провинции принял делегацию Гуанси", "Cao Bằng People's Committee"),
        ("en", "Cao Bang, Cao Bang. The provincial People's Committee met with the Guangxi delegation", "Cao Bằng People's Committee"),
        ("de", "Cao Bang, Cao Bang. Es empfing das Militärkommando Guangxi-Offiziere", "Cao Bằng Military Command"),
    ],
)
def test_an_organ_stays_at_home_whoever_stands_behind_it(engine: Extractor, language: str, text: str, name: str) -> None:
    assert [span.name for span in engine.find_names(text, language) if span.kind == "body"] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Management Board of the Dong Dang - Lang Son Border Gate Economic Zone"),
        ("vi", "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn"),
        ("zh", "谅山省同登口岸经济区管理委员会"),
        ("de", "der Verwaltungsrat der Grenzwirtschaftszone Dong Dang - Lang Son"),
    ],
)
def test_the_board_of_a_zone_has_one_name_in_all_languages(engine: Extractor, language: str, text: str) -> None:
    found = {span.name for span in engine.find_names(text, language) if span.kind == "body"}
    assert found == {"Đồng Đăng–Lạng Sơn Border Gate Economic Zone Management Board"}
