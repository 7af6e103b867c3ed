"""Days as each reader writes them, and a catalogue that leaves no sentence of the interface in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from timeline import i18n
from timeline.i18n import LANGUAGES, words

PACKAGE = Path(i18n.__file__).parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
FIELD = re.compile(r"\{(\w*)[^{}]*\}")  # its name: how English writes what stands in it is no matter of others

CASES = [
    ("", "none", "undated", None, None),
    ("2025-09-12", "day", "12 September 2025", "12/9/2025", "2025年9月12日"),
    ("2024-11", "month", "November 2024", "tháng 11/2024", "2024年11月"),
    ("2022", "year", "2022", "2022", "2022年"),
    ("2025-21", "season", "spring 2025", "mùa xuân 2025", "2025年春季"),
    ("2025-33", "season", "1st quarter 2025", "quý I/2025", "2025年第一季度"),
    ("2025-12~", "month", "about December 2025", "khoảng tháng 12/2025", "约2025年12月"),
    ("2025?", "year", "perhaps 2025", "có thể 2025", "可能2025年"),
    ("202X", "period", "the 2020s", "thập niên 2020", "2020年代"),
    ("XXXX-09-12", "day", "12 September, year unknown", "12/9, không rõ năm", "9月12日（年份不详）"),
    ("XXXX-09", "month", "September, year unknown", "tháng 9, không rõ năm", "9月（年份不详）"),
    ("2023-12-19/2023-12-23", "span", "19–23 December 2023", "19–23/12/2023", "2023年12月19日至23日"),
    ("2023-02-28/2023-03-02", "span", "28 February – 2 March 2023", "28/2 – 2/3/2023", "2023年2月28日至3月2日"),
    ("2023-12-30/2024-01-02", "span", "30 December 2023 – 2 January 2024", "30/12/2023 – 2/1/2024", "2023年12月30日至2024年1月2日"),
    ("2024-09/2024-11", "span", "September–November 2024", "tháng 9–11/2024", "2024年9月至11月"),
    ("2024-09/2025-01", "span", "September 2024 – January 2025", "tháng 9/2024 – tháng 1/2025", "2024年9月至2025年1月"),
    ("2016/2024-11", "span", "2016 – November 2024", "2016 – tháng 11/2024", "2016年至2024年11月"),
    ("2020/2025", "period", "some time in 2020–2025", "trong khoảng 2020–2025", "2020年–2025年期间"),
    ("2020/2025", "span", "2020–2025", "2020–2025", "2020年–2025年"),
    ("2023-12-19~/2023-12-23", "span", "about 19 December 2023 – 23 December 2023", "khoảng 19/12/2023 – 23/12/2023", None),
    ("2025-05-14/2025-05-14", "span", "14 May 2025", "14/5/2025", "2025年5月14日"),
    ("2024-99-99", "day", "2024-99-99", "2024-99-99", "2024-99-99"),
    ("2016/..", "span", "since 2016", "từ 2016", "2016年起"),
    ("../2024-03-01", "span", "until 1 March 2024", "đến 1/3/2024", "截至2024年3月1日"),
]


@pytest.mark.parametrize(("text", "precision", "en", "vi", "zh"), CASES)
def test_time_is_said_as_a_reader_would(text: str, precision: str, en: str, vi: str | None, zh: str | None) -> None:
    said = {"en": en, "vi": vi, "zh": zh}
    for language, wanted in said.items():
        if wanted is not None:
            assert words(language).date(text, precision) == wanted


def test_an_unknown_language_is_english() -> None:
    assert words("tlh").gettext("Held") == "Held"


def catalog_of(language: str) -> Catalog:
    with (i18n.FOLDER / language / "LC_MESSAGES" / "timeline.po").open("rb") as file:
        return read_po(file, locale=language)


def messages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every message of the interface: where it stands, and its forms."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, found, _, _ in extract_from_file("python", path, keywords=KEYWORDS):
            yield f"{path.relative_to(PACKAGE)}:{line}", (found,) if isinstance(found, str) else tuple(found)


def test_no_message_hides_from_the_extractor() -> None:
    found = {form for _, forms in messages() for form in forms}
    hidden = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS:
                literals = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                hidden += [f"{path.name}:{node.lineno}: {text!r}" for text in literals if text not in found]
    assert hidden == []  # in an f-string, or inside another such call, Babel sees none


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated_and_keeps_its_fields(language: str) -> None:
    own, catalog = words(language), catalog_of(language)
    faults = []
    for where, forms in messages():
        held = catalog.get(forms[0])
        if held is None or not held.string:
            faults.append(f"{where}: no {language} for {forms[0]!r}")
        said = own.ngettext(forms[0], forms[-1], 2) if len(forms) > 1 else own.gettext(forms[0])
        if sorted(FIELD.findall(said)) != sorted(FIELD.findall(forms[-1])):
            faults.append(f"{where}: the fields of {forms[-1]!r} are others in {said!r}")
    assert faults == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_translation_outlives_its_message(language: str) -> None:
    known = {forms[0] for _, forms in messages()}
    held = {message.id if isinstance(message.id, str) else message.id[0] for message in catalog_of(language) if message.id}
    assert held - known == set()
