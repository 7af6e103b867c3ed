"""Names are sought only where something tells that one may stand; how a page writes them must not hide them from that first look."""

import unicodedata

import pytest

from timeline.pipeline import Extractor


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("vi", unicodedata.normalize("NFD", "Ông Nguyễn Thanh Lâm đến Hà Nội."), "Nguyễn Thanh Lâm"),
        ("en", "Nguyen\xa0Thanh\xa0Lam of the United States Army came.", "Nguyen Thanh Lam"),
        ("en", "Ｎｇｕｙｅｎ Thanh Lam came with the United States Army.", None),
        ("zh", "访问了Nguyễn Thanh Lâm局长", "Nguyễn Thanh Lâm"),
        ("it", "Il D'Hu Guangming arriva nella capitale.", "Hu Guangming"),
        ("pl", "Do Hanoi przyjechał T'ang Kuang-ming.", "Tang Guangming"),
        ("hu", "Csou Csien-kuo megérkezett.", "Zhou Jianguo"),
        ("he", "אתמול אמר לצ'אן טאן סון", "Tran Tan Son"),
        ("ko", "친웨이밍 서기가 왔다.", "Qin Weiming"),
        ("ko", "응우옌 타인 람", "Nguyen Thanh Lam"),
        ("th", "เหงียน ทัญ เซิน มา", "Nguyễn Thanh Sơn"),
        ("th", "เหงียนทัญเซิน มา", None),  # without blanks it wants a role beside it
        ("en", "The mayor (Paris) Jean Moudenc said so.", "Jean Moudenc"),
        ("en", "They met the mayor. Jean Moudenc came.", None),
        ("en", "John Smith, the mayor, said so.", "John Smith"),
    ],
)
def test_a_person_by_form(engine: Extractor, language: str, text: str, name: str | None) -> None:
    people = [unicodedata.normalize("NFC", span.name) for span in engine.find_names(text, language) if span.kind == "person"]
    assert people == ([name] if name else [])
