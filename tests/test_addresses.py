import pytest

from tests.safety.payloads import ADDRESSES
from timeline.addresses import ascii_host, host_of, is_web_address


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


@pytest.mark.parametrize("address", ["https://新华网.中国/1", "http://paper.cn", " HTTPS://paper.cn/a b "])
def test_what_leads_to_the_web(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize("address", [address for address in ADDRESSES if not address.startswith("https://example.org/")])
def test_what_leads_elsewhere(address: str) -> None:
    assert not is_web_address(address)
