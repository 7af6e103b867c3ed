"""Spellings that the rules make; the expected ones stand on real pages, official or machine-translated."""

import unicodedata

import pytest

from timeline.names import transcribe
from timeline.names.transcribe import (
    VIETNAMESE_FAMILY_NAMES,
    cyrillic_vietnamese,
    czech,
    hebrew_pinyin,
    hebrew_vietnamese,
    is_vietnamese_syllable,
    palladius,
    pinyin_syllables,
    polish,
    ukrainian_pinyin,
    ukrainian_vietnamese,
)

VIETNAMESE = (cyrillic_vietnamese, ukrainian_vietnamese, hebrew_vietnamese)
CHINESE = (palladius, ukrainian_pinyin, czech, polish, hebrew_pinyin)


def test_public_names():
    assert sorted(transcribe.__all__) == sorted(
        [
            "ALL_PINYIN",
            "NAME_SYLLABLES",
            "VIETNAMESE_FAMILY_NAMES",
            "cyrillic_syllables",
            "is_vietnamese_syllable",
            "hangul_pinyin",
            "hungarian",
            "katakana_vietnamese",
            "pinyin_syllables",
            "without_tones",
        ]
        + [function.__name__ for function in VIETNAMESE + CHINESE]
    )


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Cao Bằng", "Каобанг, Као Банг"),
        ("Lạng Sơn", "Лангшон, Лангсон, Ланг Сон"),
        ("Quảng Ninh", "Куангнинь, Куанг Нинь"),
        ("Hà Giang", "Хазянг, Ха Зянг, Хажанг"),
        ("Lào Cai", "Лаокай"),
        ("Trà Lĩnh", "Чалинь, Ча Линь, Тра Линь"),
        ("Tà Lùng", "Талунг, Та Лунг"),
        ("Tuyên Quang", "Туенкуанг, Туйен Куанг"),
        ("Hưng Yên", "Хынгйен, Хунг Йен"),
        ("Tây Ninh", "Тэйнинь, Тайнинь"),
        ("Quy Nhơn", "Куинён, Куиньон"),
        ("Quế Phong", "Куэфонг"),
        ("Rạch Giá", "Ратьзя"),
        ("Huế", "Хюэ, Хуэ"),
        ("Đắk Lắk", "Даклак"),
        ("Bắc Kạn", "Баккан"),
        ("Bản Giốc", "Банзёк, Бан Жок, Банджок"),
        ("Hữu Nghị", "Хыу Нги, Хуу Нги"),
        ("Điện Biên Phủ", "Дьенбьенфу"),
        ("Bà Rịa–Vũng Tàu", "Бариа-Вунгтау"),
        ("Bắc Luân II", "Баклуан II, Бак Луан II"),
        ("Hồ Chí Minh", "Хошимин, Хо Ши Мин"),
        ("Hải Phòng", "Хайфон, Хайфонг"),
        ("Ngô Lê Văn", "Нго Ле Ван"),
        ("Nguyễn Phú Trọng", "Нгуен Фу Чонг"),
        ("Võ Văn Thưởng", "Во Ван Тхыонг, Во Ван Тхуонг, Во Ван Туонг"),
        ("Phạm Minh Chính", "Фам Минь Тинь, Фам Минь Чинь"),
        ("Vương Đình Huệ", "Выонг Динь Хюэ"),
        ("Trương Thị Mai", "Чыонг Тхи Май, Труонг Тхи Май"),
        ("Trần Lưu Quang", "Чан Лыу Куанг, Чан Луу Куанг"),
        ("Bùi Thanh Sơn", "Буй Тхань Шон, Буй Тхань Сон"),
        ("Lê Thị Thu Hằng", "Ле Тхи Тху Ханг"),
        ("Nguyễn Duy Ngọc", "Нгуен Зуй Нгок"),
        ("Đỗ Văn Chiến", "До Ван Чиен"),
        ("Tống Nhật", "Тонг Нят"),
        ("Hoàng Gia Long", "Хоанг Зя Лонг"),
    ],
)
def test_russian_of_vietnamese(name, spellings):
    assert set(spellings.split(", ")) <= set(cyrillic_vietnamese(name))


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Quảng Ninh", "Куангнінь, Куанг Нінь"),
        ("Hữu Nghị", "Хуу Нгі"),
        ("Nguyễn Minh Vũ", "Нгуєн Мінь Ву"),
        ("Phú Yên", "Фу Єн"),
        ("Lê Tiến", "Ле Тьєн, Ле Тієн"),
        ("Việt Nam", "В'єтнам"),
        ("Trương Công Thái", "Чуонг Конг Тхай"),
    ],
)
def test_ukrainian_of_vietnamese(name, spellings):
    assert set(spellings.split(", ")) <= set(ukrainian_vietnamese(name))


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Cao Bằng", "קאו באנג, קאו בנג, קאובאנג"),
        ("Ngô Lê Văn", "נגו לה ואן, נגו לה וואן"),
        ("Quảng Ninh", "קואנג נין, קוואנג נין, קואנג נין'"),
        ("Lạng Sơn", "לאנג סון, לנג סון"),
        ("An Giang", "אן גיאנג, אן ג'יאנג"),
        ("Hà Giang", "הא ג'יאנג, הא גיאנג"),
        ("Nghệ An", "נגה אן"),
        ("Trà Lĩnh", "טרה לין, צ'ה לין"),
        ("Móng Cái", "מונג קאי"),
        ("Hà Nội", "האנוי"),
        ("Việt Nam", "וייטנאם"),
        ("Yên Minh", "ין מין"),
        ("Hồ Chí Minh", "הו צ'י מין"),
        ("Bản Giốc", "באן ג'וק"),
    ],
)
def test_hebrew_of_vietnamese(name, spellings):
    assert set(spellings.split(", ")) <= set(hebrew_vietnamese(name))


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("Longbang", "long bang"),
        ("Fangchenggang", "fang cheng gang"),
        ("Xian", "xian"),
        ("Xi'an", "xi an"),
        ("Xi’an", "xi an"),
        ("Xī'ān", "xi an"),
        ("Yanan", "ya nan"),  # without an apostrophe a vowel begins no syllable
        ("Tiananmen", "tian an men"),  # unless nothing else is left
        ("Pingxiang", "ping xiang"),
        ("Hainan", "hai nan"),
        ("Lüliang", "lü liang"),
        ("Lvliang", "lv liang"),
        ("Shaanxi", "shaan xi"),
    ],
)
def test_pinyin_falls_into_syllables(word, syllables):
    assert pinyin_syllables(word) == tuple(syllables.split())


@pytest.mark.parametrize("word", ["", "Hello", "Tibet", "Xi Jinping", "龙邦", "Km3"])
def test_other_words_are_no_pinyin(word):
    assert pinyin_syllables(word) is None


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Guangxi", "Гуанси"),
        ("Longbang", "Лунбан, Лун Бан"),
        ("Shuikou", "Шуйкоу"),
        ("Dongxing", "Дунсин"),
        ("Chongzuo", "Чунцзо"),
        ("Yunnan", "Юньнань"),
        ("Hekou", "Хэкоу, Хекоу"),
        ("Youyiguan", "Юигуань"),
        ("Xi'an", "Сиань"),
        ("Chang'an", "Чанъань"),
        ("Anhui", "Аньхой, Аньхуэй"),
        ("Sichuan", "Сычуань"),
        ("Shanxi", "Шаньси"),
        ("Shaanxi", "Шэньси"),
        ("Lüshun", "Люйшунь"),
        ("Beijing", "Пекин, Бэйцзин"),
        ("Xi Jinping", "Си Цзиньпин"),
        ("Chen Gang", "Чэнь Ган, Чень Ган"),
    ],
)
def test_palladius(name, spellings):
    assert set(spellings.split(", ")) <= set(palladius(name))


@pytest.mark.parametrize(
    ("name", "spelling"),
    [("Guangxi", "Гуансі"), ("Sichuan", "Сичуань"), ("Guizhou", "Гуйчжоу"), ("Xi Jinping", "Сі Цзіньпін"), ("Zhenzhi", "Чженьчжи")],
)
def test_ukrainian_of_pinyin(name, spelling):
    assert spelling in ukrainian_pinyin(name)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Guangxi", "Kuang-si, Kuangsi"),
        ("Yunnan", "Jün-nan"),
        ("Longbang", "Lung-pang"),
        ("Sichuan", "S'-čchuan, S-čchuan"),
        ("Hekou", "Che-kchou"),
        ("Wuhan", "Wu-chan"),
        ("Beijing", "Peking, Pej-ťing"),
        ("Xi Jinping", "Si Ťin-pching"),
        ("Zhu Rongji", "Ču Žung-ťi"),
        ("Zhao Ziyang", "Čao C'-jang"),
        ("Qiao Shi", "Čchiao Š'"),
    ],
)
def test_czech(name, spellings):
    assert set(spellings.split(", ")) <= set(czech(name))


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Guangxi", "Kuangsi"),
        ("Yunnan", "Junnan"),
        ("Sichuan", "Syczuan"),
        ("Xinjiang", "Sinciang"),
        ("Shandong", "Szantung"),
        ("Anhui", "Anhuej"),
        ("Guangzhou", "Kanton"),
    ],
)
def test_polish(name, spelling):
    assert spelling in polish(name)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Guangxi", "גואנגשי, גואנגסי, קואנגשי"),
        ("Yunnan", "יונאן"),
        ("Hunan", "חונאן"),
        ("Hainan", "האינאן"),
        ("Anhui", "אנחווי"),
        ("Guizhou", "גוויג'ואו"),
        ("Zhejiang", "ג'ג'יאנג"),
        ("Sichuan", "סצ'ואן"),
        ("Beijing", "בייג'ינג"),
        ("Longbang", "לונגבאנג, לונג באנג"),
        ("Xi Jinping", "שי ג'ינפינג"),
    ],
)
def test_hebrew_of_pinyin(name, spellings):
    assert set(spellings.split(", ")) <= set(hebrew_pinyin(name))


@pytest.mark.parametrize(
    ("function", "name", "word"),
    [
        (hebrew_pinyin, "Hekou", "הקו"),
        (hebrew_pinyin, "Yuxi", "יוסי"),
        (hebrew_pinyin, "Hunan", "חונן"),
        (cyrillic_vietnamese, "Vinh", "Вин"),
    ],
)
def test_a_short_name_is_no_everyday_word(function, name, word):
    assert word not in function(name)
    assert function(name)


@pytest.mark.parametrize(
    ("function", "name", "first"),
    [
        (cyrillic_vietnamese, "Cao Bằng", "Каобанг"),
        (cyrillic_vietnamese, "Bùi Thanh Sơn", "Буй Тхань Шон"),
        (ukrainian_vietnamese, "Quảng Ninh", "Куангнінь"),
        (hebrew_vietnamese, "Ngô Lê Văn", "נגו לה ואן"),
        (palladius, "Guangxi", "Гуанси"),
        (czech, "Guangxi", "Kuang-si"),
        (polish, "Guangxi", "Kuangsi"),
        (hebrew_pinyin, "Guangxi", "גואנגשי"),
    ],
)
def test_the_most_usual_spelling_comes_first(function, name, first):
    assert function(name)[0] == first


@pytest.mark.parametrize("function", VIETNAMESE)
@pytest.mark.parametrize("name", ["Trương Thị Thùy Giang", "Phan Rang–Tháp Chàm", "Quảng Trị", "Thừa Thiên Huế", "A"])
def test_vietnamese_spellings_are_few_and_differ(function, name):
    spellings = function(name)
    assert 1 <= len(spellings) <= 12
    assert len({spelling.casefold() for spelling in spellings}) == len(spellings)


@pytest.mark.parametrize("function", CHINESE)
@pytest.mark.parametrize("name", ["Xishuangbanna", "Guangxi Zhuangzu Zizhiqu", "Chongqing", "E"])
def test_chinese_spellings_are_few_and_differ(function, name):
    spellings = function(name)
    assert 1 <= len(spellings) <= 12
    assert len({spelling.casefold() for spelling in spellings}) == len(spellings)


@pytest.mark.parametrize("function", VIETNAMESE)
@pytest.mark.parametrize("name", ["", " ", "–", "II", "Pleiku", "Mekong Delta", "Trà Lĩnh (Cao Bằng)", "Km3+4 Hải Yên", "Каобанг", "高平"])
def test_a_name_of_other_syllables_has_no_vietnamese_spelling(function, name):
    assert function(name) == ()


@pytest.mark.parametrize("function", CHINESE)
@pytest.mark.parametrize("name", ["", " ", "Tibet", "Guangxi Region", "Hekou (rail)", "广西"])
def test_a_name_of_other_syllables_has_no_chinese_spelling(function, name):
    assert function(name) == ()


@pytest.mark.parametrize("function", VIETNAMESE)
def test_case_and_composition_of_the_name_do_not_matter(function):
    assert function("TRƯỜNG SƠN") == function(unicodedata.normalize("NFD", "Trường Sơn")) == function("Trường Sơn")
    assert function("Hòa Bình") == function("Hoà Bình")


@pytest.mark.parametrize("name", ["Cao Bằng", "Nam Định", "Bản Giốc", "Bạch Đích", "Lâm Đồng"])
def test_hebrew_final_letters_stand_only_at_the_end(name):
    for word in " ".join(hebrew_vietnamese(name)).split():
        assert not set("ךםןץ") & set(word.rstrip("'")[:-1])


SYLLABLES = "Nguyễn Nguyen NGUYỄN Thưởng Thuong gì gìn giếng quốc Quý quyết Ý Yên Kạn Đắk Môc Hiêp khuỷu nghĩa Lý Mỹ hoà hòa"
OTHERS = "Ministry Park Macron Wang Jinping with and of buy ngê ca´ kà cê bàc bach̀ Bëc Hà-Nội Prince Gate q ng"


@pytest.mark.parametrize("syllable", SYLLABLES.split())
def test_vietnamese_syllables(syllable):
    assert is_vietnamese_syllable(syllable)
    assert is_vietnamese_syllable(unicodedata.normalize("NFD", syllable))


@pytest.mark.parametrize("syllable", ["", *OTHERS.split()])
def test_other_words_are_no_vietnamese_syllables(syllable):
    assert not is_vietnamese_syllable(syllable)


def test_family_names_are_syllables_in_full_marks():
    assert {"Nguyễn", "Trần", "Ngô", "Hầu", "Giàng"} <= VIETNAMESE_FAMILY_NAMES
    assert all(is_vietnamese_syllable(name) and name == unicodedata.normalize("NFC", name) for name in VIETNAMESE_FAMILY_NAMES)


@pytest.mark.parametrize(
    ("syllable", "written"), [("kieu", "キエウ"), ("huong", "フオン"), ("duc", "ドゥック"), ("quoc", "クオック"), ("thanh", "タイン")]
)
def test_katakana_of_a_vietnamese_syllable(syllable, written):
    assert syllable in transcribe.katakana_vietnamese([syllable])[written]


@pytest.mark.parametrize(
    ("written", "syllables"), [("웨이", ["wei"]), ("창", ["cang", "chang", "qiang"]), ("샤오", ["xiao"]), ("쓰", ["si"]), ("뎨", ["die"])]
)
def test_hangul_says_which_syllables_it_may_be(written: str, syllables: list[str]) -> None:
    assert sorted(transcribe.hangul_pinyin(transcribe.ALL_PINYIN)[written]) == syllables
