import pytest

from timeline.addresses import ascii_host, host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://WWW.Paper.CN./1", "paper.cn"),
        ("https://e.vnexpress.net:443/x", "e.vnexpress.net"),
        ("https://新华网.中国/1", "新华网.中国"),
        ("https://[broken", ""),
        ("no address", ""),
        ("", ""),
    ],
)
def test_host_is_as_people_write_it(address: str, host: str) -> None:
    assert host_of(address) == host


def test_host_of_other_letters_has_an_ascii_form_and_what_is_none_has_not() -> None:
    assert ascii_host("新华网.中国") == "xn--xkrr14bows.xn--fiqs8s"
    assert ascii_host("paper.cn") == "paper.cn"
    assert ascii_host("中..国") == ascii_host("国" * 70) == ""
