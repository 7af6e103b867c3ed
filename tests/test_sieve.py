"""The sieve: what it lets through and what not, in every language and encoding; its file; its cache."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from timeline.documents import list_inputs, read_bytes
from timeline.errors import DataError
from timeline.knowledge import Knowledge
from timeline.knowledge.cache import Cache
from timeline.sieve import Sieve
from timeline.sieve.criteria import FILE, read_criteria
from timeline.sieve.evidence import evidence_of
from timeline.sieve.patterns import Patterns
from timeline.sieve.readings import is_utf8, readings

SEEDS = Path(__file__).parent.parent / "seeds"
PAGE = 9  # examples that make a page
LEGACY = {"cs": "cp1250", "ru": "koi8_r", "uk": "cp1251", "fr": "cp1252", "el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256"}
LEGACY |= {"vi": "cp1258", "th": "cp874", "zh": "gb18030", "ja": "cp932", "ko": "cp949", "hu": "iso8859_2", "de": "iso8859_15"}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def sieve(knowledge: Knowledge, kept: Cache) -> Sieve:
    return Sieve(knowledge, kept)


def test_the_seeds_pass(sieve: Sieve) -> None:
    assert all(sieve.passes(read_bytes(path)) for path in list_inputs([SEEDS]))


def test_pages_with_events_at_a_place_pass_in_every_language(sieve: Sieve, knowledge: Knowledge) -> None:
    refused = []
    for code, language in knowledge.languages.items():
        placed = [e.text for e in language.examples if any(event.get("provinces") or event.get("gates") for event in e.events or ())]
        chance = random.Random(code)
        for _ in range(6):
            page = " ".join(chance.sample(placed, min(PAGE, len(placed))))
            refused += [] if sieve.passes(page) else [(code, page)]
    assert refused == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The Tra Linh border gate was closed.", "gate"),
        ("Cửa khẩu Hữu Nghị ở Lạng Sơn đón đoàn Trung Quốc.", "gate-like"),
        ("越南和中国的新口岸今天开通。", "border-crossing"),
        ("Делегация провинции Каобанг посетила Гуанси.", "across-the-border"),
        ("Lãnh đạo tỉnh Cao Bằng sang Trung Quốc.", "border-province"),
        ("Tỉnh Nghệ An tiếp Đại sứ quán Nhật Bản.", "local-diplomacy"),
        ("베트남 응에안성 방문단이 우호교류 협약을 체결했다.", "local-diplomacy-abroad"),
        ("Sở Ngoại vụ tỉnh Hà Tĩnh họp.", "foreign-affairs"),
        ("The President of Vietnam is on a state visit to Cuba.", "state-visit"),
        ("Hội nghị Ngoại vụ toàn quốc khai mạc tại Hà Nội.", "series"),
    ],
)
def test_why_names_the_rule(sieve: Sieve, text: str, rule: str) -> None:
    verdict = sieve.why(text)
    assert verdict.passes
    assert verdict.rule == rule
    assert verdict.found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vietnam, China, Beijing, Hanoi and the Ministry of Foreign Affairs.",
        "Bão gây mưa lớn ở Lạng Sơn, Cao Bằng, Hà Giang và nhiều tỉnh miền núi phía Bắc.",
        "Công an tỉnh Thanh Hóa bắt giữ hai đối tượng.",
        "广西、云南、贵州今天有大到暴雨。",
        "ด่านชายแดนไทย-กัมพูชาปิดชั่วคราว",
        "Przejście graniczne z Białorusią jest zamknięte.",
        "Son la una y media, as long an evening as ever.",
    ],
)
def test_news_of_other_things_is_refused(sieve: Sieve, text: str) -> None:
    assert not sieve.passes(text)
    assert not sieve.why(text).passes


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("越南谅山省和广西凭祥市的友谊关口岸恢复通关,双方代表团在同登会谈。" * 4, "gb18030"),
        ("越南諒山省和廣西憑祥市的友誼關口岸恢復通關,雙方代表團在同登會談。" * 4, "big5"),
        ("ベトナムのランソン省と広西チワン族自治区の代表団が国境ゲートで会談した。" * 4, "shift_jis"),
        ("ベトナムのランソン省と広西チワン族自治区の代表団が国境ゲートで会談した。" * 4, "euc_jp"),
        ("ベトナムのランソン省と広西チワン族自治区の代表団が国境ゲートで会談した。" * 4, "iso2022_jp"),
        ("베트남 랑선성 대표단이 광시좡족자치구를 방문했다. " * 4, "euc_kr"),
        ("Делегация вьетнамской провинции Лангшон посетила Гуанси-Чжуанский автономный район. " * 4, "cp1251"),
        ("Делегация вьетнамской провинции Лангшон посетила Гуанси-Чжуанский автономный район. " * 4, "koi8_r"),
        ("คณะผู้แทนจังหวัดหลั่งเซินของเวียดนามเยือนเขตปกครองตนเองกว่างซีจ้วง " * 4, "cp874"),
        ("زار وفد من مقاطعة لانغ سون في فيتنام منطقة قوانغشي الصينية. " * 4, "cp1256"),
        ("משלחת ממחוז לאנג סון שבווייטנאם ביקרה בחבל גואנגשי שבסין. " * 4, "cp1255"),
        ("Delegace vietnamské provincie Lang Son navštívila čínskou oblast Guangxi, řekl úřad. " * 4, "cp1250"),
        ("Đoàn tỉnh Lạng Sơn thăm Quảng Tây.", "utf-16-le"),
        ("Đoàn tỉnh Lạng Sơn thăm Quảng Tây.", "utf-16-be"),
        ("Đoàn tỉnh Lạng Sơn thăm Quảng Tây.", "utf-16"),
        ("Đoàn tỉnh Lạng Sơn thăm Quảng Tây.", "utf-32"),
    ],
)
def test_any_encoding_of_a_crawl_passes_without_being_told(sieve: Sieve, text: str, encoding: str) -> None:
    assert sieve.passes(text.encode(encoding))


@pytest.mark.parametrize(("code", "encoding"), LEGACY.items())
def test_a_page_that_passes_does_so_in_the_encodings_of_its_language(sieve: Sieve, knowledge: Knowledge, code: str, encoding: str) -> None:
    chance = random.Random(code)
    examples = [example.text for example in knowledge.languages[code].examples]
    for _ in range(12):
        page = "\n".join(chance.sample(examples, min(PAGE, len(examples)))).encode(encoding, "replace")
        if sieve.passes(page.decode(encoding)):
            assert all(sieve.passes(page, said) for said in ("", encoding, "utf-8", "x-unknown"))


@pytest.mark.parametrize("before", [1_000, 1_020, 5_100, 40_000])
def test_a_name_is_found_wherever_it_stands_in_a_text_of_another_encoding(sieve: Sieve, before: int) -> None:
    filler, name = "Сегодня открыта школа. " * 2_000, "Делегация Вьетнама из провинции Лангшон посетила Гуанси. "
    text = f"{filler[:before]}. {name}{filler}".encode("cp1251")
    assert sieve.passes(text)
    assert sieve.passes(text, "windows-1251")
    assert sieve.passes(text, "windows-1252")  # as so many hosts say of everything
    assert not sieve.passes(text.replace("Гуанси".encode("cp1251"), b"").replace("Лангшон".encode("cp1251"), b""))


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("Школа. L&#7841;ng S&#417;n, Qu&#x1EA3;ng T&acirc;y".encode("cp1251"), "windows-1251"),
        ('{"a": "Школа. L\\u1ea1ng S\\u01a1n, Qu\\u1ea3ng T\\u00e2y"}'.encode("cp1251"), "windows-1251"),
        ("Школа. Lang&nbsp;Son, Guangxi &amp; Vietnam".encode("cp1251"), "windows-1251"),
        ("Школа. Lang\xa0Son, Guangxi".encode("koi8_r"), "koi8-r"),
        ("Đoàn tỉnh Lạng Sơn thăm Quảng Tây.".encode("gb18030"), "gbk"),  # four bytes a letter
        ("Lang\xa0Son, Guangxi".encode("gb18030"), "gb18030"),
        ("ベトナムの".encode("cp932") + b"\x96\xd0\xed\x9e\x8c\xa7\x81A" + "広西".encode("cp932"), "shift_jis"),
        (b"\xd0oa\xccn ti\xd2nh La\xf2ng S\xf5n th\xe3m Qua\xd2ng T\xe2y.", "windows-1258"),  # marks behind their letters
    ],
)
def test_every_way_of_writing_a_name_is_found_in_other_encodings(sieve: Sieve, data: bytes, charset: str) -> None:
    assert sieve.passes(data, charset)


def test_a_text_in_no_encoding_that_is_known_is_not_refused(sieve: Sieve) -> None:
    data = "Thµnh phè cã nh÷ng ngµy n¾ng ®Ñp, ng­êi d©n ®i ch¬i c«ng viªn rÊt ®«ng.".encode("latin-1")  # TCVN 5712
    assert sieve.why(data) == (True, "encoding", ())
    assert not sieve.passes(data, "windows-1252")  # as it was said to be, it holds nothing


def test_a_text_in_another_encoding_is_judged_and_not_merely_let_through(sieve: Sieve) -> None:
    text = "Сегодня в городе открылась новая школа, сообщила администрация района. " * 4
    for encoding in ("cp1251", "koi8_r", "iso8859_5", "utf-16"):
        assert not sieve.passes(text.encode(encoding))
    assert not sieve.passes(f'<meta charset="windows-1251">{text}'.encode("cp1251"))
    assert not sieve.passes(text.encode("cp866"), "ibm866")


@pytest.mark.parametrize(
    "data",
    [
        "Lạng Sơn – Quảng Tây".encode(),
        "Đoàn tỉnh La\u0323ng Sơn thăm Qua\u0309ng Tây".encode(),  # marks apart
        b"L&#7841;ng S&#417;n v&agrave; Qu&#x1EA3;ng T&acirc;y",
        b'{"text": "L\\u1ea1ng S\\u01a1n, Qu\\u1ea3ng T\\u00e2y"}',
        "Lạng\u00a0Sơn, Quảng\nTây".encode(),
        "LẠNG SƠN, QUẢNG TÂY".encode(),
        "Thanh Hoá, Hoà Bình: Sở Ngoại vụ".encode(),  # the tone where others set it
        b"Lang Son, Guangxi",
        "Comité populaire de Dà Nang, Diên Biên ; ambassadeur de Chine".encode(),  # marks as French has them
        "“Lạng Sơn” «Quảng Tây»".encode(),
        "Lạng Sơn, Quảng Tây … \xe1\xba".encode()[:-3] + b"\xe1",  # cut inside a letter
    ],
)
def test_every_way_of_writing_a_name_is_found(sieve: Sieve, data: bytes) -> None:
    assert sieve.passes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"Content-Transfer-Encoding: base64\n\nTMOgbyBDYWk=", "mail"),
        (b"<meta charset=viscii>\xd5\xe1", "encoding"),
    ],
)
def test_what_cannot_be_judged_passes_with_the_reason(sieve: Sieve, data: bytes, why: str) -> None:
    assert sieve.why(data) == (True, why, ())


def test_evidence_counts_wherever_it_stands_in_a_long_text(sieve: Sieve) -> None:
    filler = "The weather was fine and nothing happened. " * 2000
    assert not sieve.passes(filler)
    assert sieve.passes(f"Cao Bang. {filler} China and Vietnam. {filler} A border gate.")


def test_names_that_the_pipeline_finds_are_evidence(sieve: Sieve, knowledge: Knowledge) -> None:
    names = evidence_of(knowledge, read_criteria(knowledge)).names
    provinces = [row for row in knowledge.tables.provinces.values() if row.borders_china == "yes"]
    assert all(names[row.name] & {"border", "neighbour"} for row in provinces)
    assert names["Hà Nội"] == {"hub_own"}
    assert "gate" in names["Trà Lĩnh"]
    assert "vietnam" in names["Quảng Tây"]  # a text in Vietnamese
    assert "gate" not in names["里火"]  # two characters may be part of anything


def test_the_cache_gives_the_same_sieve(knowledge: Knowledge, kept: Cache, sieve: Sieve) -> None:
    text = "The Tra Linh border gate in Cao Bang, Vietnam."
    assert Sieve(knowledge, kept).why(text) == sieve.why(text)


@pytest.mark.parametrize(
    "value", [None, "x", [], [["a"], 1, ["b"], [0], []], [["a"], 1, [1, 2], [0], []], [[""], 0, [1], [0], []], [[1], 0, [1], [0], []]]
)
def test_what_a_stranger_left_in_the_cache_is_not_taken(value: object) -> None:
    assert Patterns.of_json(value) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('hubs = ["Hà Nội"', 'hubs = ["Hanoy"', "sieve.toml:hubs: nothing is called 'Hanoy'"),
        ("[rules]", '[rules]\nodd = [["gates"]]', "sieve.toml:rules.odd: unknown kind 'gates'"),
        ("[rules]", "[rules]\nodd = []", "sieve.toml:rules.odd: must be a list of lists of kinds of evidence"),
        ('"embassy"', '"embasy"', "sieve.toml:words.mission: no language has 'embasy'"),
        ("organs = ", "organ = ", "sieve.toml:organ: unknown key"),
        ("[spellings]", "[spellings", "sieve.toml: "),
    ],
)
def test_faults_of_the_file_are_named(knowledge: Knowledge, tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (knowledge.path / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_criteria(replace(knowledge, path=tmp_path))
    assert any(told.startswith(fault) for told in raised.value.faults)


def test_a_missing_file_is_named(knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"sieve\.toml: cannot be read"):
        read_criteria(replace(knowledge, path=tmp_path))


def test_a_few_broken_bytes_leave_a_text_in_utf8() -> None:
    text = "Lạng Sơn và Quảng Tây ký thỏa thuận. ".encode() * 20
    assert is_utf8(text[:100] + b"\xff" + text[100:])
    assert is_utf8(text[:-1] + "ệ".encode()[:2])  # cut inside a letter
    assert not is_utf8("Каобанг".encode("cp1251"))
    assert not is_utf8(b"\xa9 2025 " + b"menu " * 1000 + "Каобанг".encode("cp1251"))  # a stray sign long before the text


def test_readings_leave_utf8_as_it_stands() -> None:
    data = "Каобанг".encode()
    assert next(readings(data)) is data
    assert len(list(readings(data))) == 1
