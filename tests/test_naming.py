"""Names in the reader's language, from the knowledge, and canonical where it has none."""

from dataclasses import replace

import pytest

from timeline.knowledge import Gate, Knowledge
from timeline.naming import CANONICAL, Naming, naming_of, sides_in_hanzi


@pytest.fixture(scope="module")
def vi(knowledge: Knowledge) -> Naming:
    return naming_of(knowledge, "vi")


@pytest.fixture(scope="module")
def zh(knowledge: Knowledge) -> Naming:
    return naming_of(knowledge, "zh")


@pytest.mark.parametrize(
    ("kind", "name", "in_vi", "in_zh"),
    [
        ("province", "Guangxi", "Quảng Tây", "广西"),
        ("province", "Cao Bằng", "Cao Bằng", "高平"),
        ("place", "Nanning", "Nam Ninh", "南宁"),
        ("gate", "Trà Lĩnh–Longbang", "Trà Lĩnh – Long Bang", "茶岭—龙邦"),
        ("gate", "Nà Đoỏng–Naxi", "Nà Đoỏng – Nà Ráy", "Nà Đoỏng—那西"),
        ("gate", "Bắc Luân II–Beilun II", "Bắc Luân II", "Bắc Luân II—北仑河二桥"),
        ("gate", "Markers 1119–1120 freight road", "Đường chuyên dụng mốc 1119–1120", "友谊关—友谊口岸国际货物运输专用通道"),
        ("actor", "Ministry of Foreign Affairs of Vietnam", "Bộ Ngoại giao", "越南外交部"),
        ("actor", "Ministry of Public Security of China", "Bộ Công an Trung Quốc", "中国公安部"),
        ("actor", "Ngô Lê Văn", "Ngô Lê Văn", "吴黎文"),
        ("actor", "Mao Ning", "Mao Ninh", "毛宁"),
        ("actor", "Joe Biden", "Joe Biden", "拜登"),
        ("series", "Diplomatic Conference", "Hội nghị Ngoại giao", "越南外交会议"),
    ],
)
def test_a_row_is_called_as_its_language_calls_it(vi: Naming, zh: Naming, kind: str, name: str, in_vi: str, in_zh: str) -> None:
    assert (vi.of(kind, name), zh.of(kind, name)) == (in_vi, in_zh)


@pytest.mark.parametrize(
    ("name", "in_vi", "in_zh"),
    [
        ("Cao Bằng People's Committee", "Ủy ban nhân dân tỉnh Cao Bằng", "高平省人民委员会"),
        ("Hà Nội People's Committee", "Ủy ban nhân dân thành phố Hà Nội", "河内市人民委员会"),
        ("Thành phố Hồ Chí Minh People's Committee", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "胡志明市人民委员会"),
        ("Cao Bằng People's Committee Office", "Văn phòng Ủy ban nhân dân tỉnh Cao Bằng", "高平省人民委员会办公厅"),
        ("Yunnan Party Committee", "Tỉnh ủy Vân Nam", "云南省委"),
        ("Guangxi Party Committee", "Khu ủy Quảng Tây", "广西区党委"),
        ("Honghe Party Committee", "Đảng ủy Hồng Hà", "红河党委"),
        ("Guangxi Department of Commerce", "Sở Thương mại Quảng Tây", "广西壮族自治区商务厅"),
        ("Shuikou Exit-Entry Frontier Inspection Station", "Trạm Kiểm tra biên phòng xuất nhập cảnh Thủy Khẩu", "水口出入境边防检查站"),
        ("Trà Lĩnh Border Guard Station", "Đồn Biên phòng Trà Lĩnh", "茶岭边防屯"),
        ("Cốc Pàng Border Guard Station", "Đồn Biên phòng Cốc Pàng", "Cốc Pàng边防屯"),
        ("Embassy of Laos in China", "Đại sứ quán Lào tại Trung Quốc", "老挝驻中国大使馆"),
        ("Consulate General of Japan in Đà Nẵng", "Tổng Lãnh sự quán Nhật Bản tại Đà Nẵng", "日本驻岘港总领事馆"),
    ],
)
def test_a_body_by_its_pattern(vi: Naming, zh: Naming, name: str, in_vi: str, in_zh: str) -> None:
    assert (vi.of("actor", name), zh.of("actor", name)) == (in_vi, in_zh)


@pytest.mark.parametrize(
    ("name", "in_vi", "in_zh"),
    [
        ("Vice Chairman of the Cao Bằng People's Committee", "Phó Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng", "高平省人民委员会副主席"),
        ("Deputy Minister of Foreign Affairs of Vietnam", "Thứ trưởng Bộ Ngoại giao", "越南外交部副部长"),
        ("Minister of Defence of Indonesia", "Bộ trưởng Bộ Quốc phòng Indonesia", "印度尼西亚国防部部长"),
        ("Party Secretary of Cao Bằng", "Bí thư Tỉnh ủy Cao Bằng", "高平省委书记"),
        ("ambassador of China to Vietnam", "Đại sứ Trung Quốc tại Việt Nam", "中国驻越南大使"),
        ("President of China", "Chủ tịch nước Trung Quốc", "中国国家主席"),
        ("President of the United States", "Tổng thống Mỹ", "美国总统"),
        ("before that Party Secretary of Guangxi", "trước đó là Bí thư Khu ủy Quảng Tây", "此前任广西区党委书记"),
    ],
)
def test_an_office_by_its_pattern(vi: Naming, zh: Naming, name: str, in_vi: str, in_zh: str) -> None:
    assert (vi.of("office", name), zh.of("role", name)) == (in_vi, in_zh)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("actor", "John Doe"),
        ("actor", "Zamunda People's Army"),
        ("actor", "Embassy of Zamunda in China"),
        ("office", "President of Zamunda"),
        ("office", "leader of Móng Cái"),
        ("province", "Zamunda"),
        ("gate", "A–B"),
        ("series", ""),
        ("status", "held"),
    ],
)
def test_what_the_knowledge_does_not_tell_stands_as_it_is(vi: Naming, zh: Naming, kind: str, name: str) -> None:
    assert (vi.of(kind, name), zh.of(kind, name)) == (name, name)


def test_english_is_canonical(knowledge: Knowledge) -> None:
    for naming in (Naming(knowledge.tables), naming_of(knowledge, "en"), CANONICAL):
        assert naming.of("province", "Guangxi") == naming.option("province", "Guangxi") == "Guangxi"


def test_columns_and_filters_say_the_same_kinds(zh: Naming) -> None:
    assert {zh.of(kind, "Guangxi") for kind in ("province", "province_now", "provinces", "provinces_now")} == {"广西"}
    assert zh.all("border_gates", ["Trà Lĩnh–Longbang", "A–B"]) == ["茶岭—龙邦", "A–B"]


def test_two_of_one_name_are_told_apart(vi: Naming, zh: Naming) -> None:
    assert (vi.of("province", "Hà Nam"), vi.of("province", "Henan")) == ("Hà Nam", "Hà Nam (Henan)")
    assert (zh.of("province", "Hà Nam"), zh.of("province", "Henan")) == ("河南 Hà Nam", "河南 Henan")


@pytest.mark.parametrize("kind", ["province", "place", "gate", "actor", "series"])
def test_no_two_rows_are_called_the_same(knowledge: Knowledge, vi: Naming, zh: Naming, kind: str) -> None:
    tables = knowledge.tables
    rows = {"province": tables.provinces, "place": tables.places, "gate": tables.gates, "actor": tables.actors, "series": tables.series}
    for naming in (vi, zh):
        shown = naming.all(kind, (name for name in rows[kind] if "{" not in name))
        assert len(set(shown)) == len(shown)


def test_an_option_in_chinese_can_be_found_by_either_name(vi: Naming, zh: Naming) -> None:
    assert zh.option("province", "Guangxi") == "广西 Guangxi"
    assert zh.option("actor", "Ngô Lê Văn") == "吴黎文 Ngô Lê Văn"
    assert zh.option("actor", "Ministry of Foreign Affairs of Vietnam") == "越南外交部"
    assert zh.option("province", "Henan") == "河南 Henan"
    assert vi.option("province", "Guangxi") == "Quảng Tây"


def test_beside_a_name_stands_the_canonical_one_of_places_and_people(vi: Naming, zh: Naming) -> None:
    assert zh.beside("province", "Guangxi") == vi.beside("province", "Guangxi") == "Guangxi"
    assert vi.beside("province", "Cao Bằng") == ""
    assert zh.beside("actor", "Politburo") == ""


def test_a_gate_in_a_word(knowledge: Knowledge, vi: Naming, zh: Naming) -> None:
    gate = knowledge.tables.gates["Trà Lĩnh–Longbang"]
    assert (CANONICAL.of_short(gate), vi.of_short(gate), zh.of_short(gate)) == ("Trà Lĩnh", "Trà Lĩnh", "龙邦")
    assert zh.of_short(replace(gate, hanzi=())) == "茶岭"


def test_sides_in_hanzi_are_without_the_word_for_a_gate() -> None:
    assert sides_in_hanzi(Gate("A–B", vn_aliases=("Cửa khẩu A", "友谊国际口岸"), hanzi=("友谊关",))) == ("友谊", "友谊关")
    assert sides_in_hanzi(Gate("A–B")) == ("", "")
