from pathlib import Path

import pytest

from timeline.errors import DataError
from timeline.publishers import COLUMNS, FILE, Publishers, load_publishers

ROW = "paper.com,The Paper,CN,澎湃新闻,https://example.org/"


@pytest.fixture(scope="module")
def ours() -> Publishers:
    return load_publishers()


def folder(path: Path, *rows: str) -> Path:
    (path / FILE).write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("publisher", "address", "country"),
    [
        ("", "https://baoquocte.vn/hoi-nghi.html", "VN"),
        ("", "https://e.vnexpress.net/news/1", "VN"),
        ("", "https://www.vietnam.vn/zh-CN/tin", "VN"),
        ("", "http://news.gxzf.gov.cn/gxyw/1.shtml", "CN"),
        ("", "https://english.news.cn/20230101/c.html", "CN"),
        ("", "http://www.xinhuanet.com/1.htm", "CN"),
        ("", "https://VIETNAMESE.CRI.CN/1", "CN"),
        ("", "https://laopost.com/1", ""),
        ("", "https://notvnexpress.net/1", ""),
        ("", "https://vn.example.com/1", ""),
        ("", "https://[broken", ""),
        ("", "https://新华网.中国/1", "CN"),
        ("", "https://xn--xkrr14bows.xn--fiqs8s/1", "CN"),
        ("", f"https://{'国' * 70}.vn/1", ""),
        ("新华网.中国", "", "CN"),
        ("Xinhua News Agency", "", "CN"),
        ("báo nhân dân", "", "VN"),
        ("新华社", "", "CN"),
        ("tuyengiaocaobang.vn", "", "VN"),
        ("A paper", "", ""),
        ("", "", ""),
    ],
)
def test_country_is_that_of_the_publisher(ours: Publishers, publisher: str, address: str, country: str) -> None:
    assert ours.country_of(publisher, address) == country


def test_address_wins_over_the_name_that_a_page_gives(ours: Publishers) -> None:
    assert ours.country_of("Xinhua", "https://en.vietnamplus.vn/1.vnp") == "VN"


def test_longest_listed_ending_of_a_host_decides(tmp_path: Path) -> None:
    found = load_publishers(folder(tmp_path, "com,All,US,,https://example.org/", ROW))
    assert found.country_of("", "https://www.paper.com/1") == "CN"
    assert found.country_of("", "https://www.other.com/1") == "US"


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    rows = [ROW, ROW.replace("The Paper", "Again"), "WWW.X.com,X,China,,", "a.com,The Paper,VN,,https://example.org/", "short,row"]
    with pytest.raises(DataError) as fault:
        load_publishers(folder(tmp_path, *rows))
    assert fault.value.faults == [
        f"{FILE}:3: 'paper.com' stands twice",
        f"{FILE}:4: 'WWW.X.com' is no host in small letters",
        f"{FILE}:4: 'China' is no ISO 3166-1 code",
        f"{FILE}:4: no sources",
        f"{FILE}:5: 'The Paper' belongs to two countries",
        f"{FILE}:6: more or fewer cells than columns",
    ]


def test_other_columns_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_publishers(tmp_path)
    (tmp_path / FILE).write_text("host,country\nvn,VN\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns must be host, publisher"):
        load_publishers(tmp_path)
