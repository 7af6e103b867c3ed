"""The interface in English, Vietnamese and Chinese: a gettext catalogue for its words, and days as each reader writes them.

The catalogues are `timeline/locale/<language>/LC_MESSAGES/timeline.po`; a message without a translation stays English.
Plain text from EDTF strings: no clock, no zone, so no day ever shifts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from timeline import edtf
from timeline.messages import N_ as N_

LANGUAGES = {"en": "English", "vi": "Tiếng Việt", "zh": "中文"}
FOLDER = Path(__file__).parent / "locale"


PRECISIONS = {
    "day": N_("to the day"),
    "month": N_("to the month"),
    "season": N_("to the season"),
    "year": N_("to the year"),
    "span": N_("from first to last day"),
    "period": N_("only the period is known"),
    "none": N_("not dated"),
}
BASES = {
    "stated": N_("stated in the text"),
    "completed": N_("completed from the document’s own date"),
    "period": N_("from the period the passage speaks of"),
    "cross_document": N_("from another document on the same event"),
    "curated": N_("from a table that somebody keeps"),
    "corrected": N_("put right by a reader"),
    "none": N_("no source gives a time"),
}
STATUSES = {
    "held": N_("Held"),
    "scheduled": N_("Scheduled"),
    "postponed": N_("Postponed"),
    "cancelled": N_("Cancelled"),
    "ongoing": N_("Ongoing"),
}
RECURRENCES = {"annual": N_("every year"), "biennial": N_("every other year")}
GATE_CLASSES = {
    "international": N_("international gate"),
    "bilateral": N_("bilateral gate"),
    "auxiliary": N_("auxiliary gate"),
    "rail": N_("rail gate"),
    "route": N_("customs-clearance route"),
    "crossing": N_("crossing"),
    "area": N_("cooperation area"),
    "": N_("class not known"),
}


@dataclass(frozen=True)
class Words:
    """What the interface says in one language."""

    language: str = "en"
    _catalog: Catalog = field(default_factory=Catalog, repr=False, compare=False)

    def gettext(self, message: str) -> str:
        """The message in this language, else as it stands."""
        found = self._catalog.get(message)
        return str(found.string) if found is not None and found.string else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of a message that goes with `number`; Vietnamese and Chinese have one form."""
        found = self._catalog.get(one)
        forms = found.string if found is not None else None
        said = next(iter(forms), "") if isinstance(forms, tuple | list) else forms
        if said:
            return str(said)
        return one if number == 1 else many

    def date(self, text: str, precision: str = "") -> str:
        """An EDTF string as a reader would say it: `19–23 December 2023`, `some time in 2020–2025`, `undated`."""
        if not text:
            return self.gettext("undated")
        if not edtf.is_edtf(text):  # a table from elsewhere may hold anything
            return text
        say = _DATES.get(self.language, _DATES["en"])
        left, _, right = text.partition("/")
        if not right or left == right:
            return say.period.format(say.point(left)) if right and precision == "period" else say.point(left)
        if left in ("..", ""):
            return say.until.format(say.point(right))
        if right == "..":
            return say.since.format(say.point(left))
        said = say.range(left, right)
        return say.period.format(said) if precision == "period" else said

    def listed(self, items: Iterable[str]) -> str:
        """Items of which each may hold commas, one after the other: `a; b`, in Chinese `a；b`."""
        return ("；" if self.language == "zh" else "; ").join(items)

    def enumerated(self, items: Iterable[str]) -> str:
        """Short items: `a, b`, in Chinese `a、b`."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def labelled(self, label: str, value: str) -> str:
        """`label: value`, with the language's own colon."""
        return f"{label}：{value}" if self.language == "zh" else f"{label}: {value}"

    def bracketed(self, text: str, note: str) -> str:
        """`text (note)`, with the language's own brackets; the text alone where there is no note."""
        if not note:
            return text
        return f"{text}（{note}）" if self.language == "zh" else f"{text} ({note})"

    def sentences(self, sentences: Iterable[str]) -> str:
        """Whole sentences, one after the other."""
        return ("" if self.language == "zh" else " ").join(filter(None, sentences))

    def language_name(self, code: str) -> str:
        """What this language calls another, by its ISO 639-1 code; the code where CLDR has no name."""
        name = Locale(self.language).languages.get(code)
        return f"{name[:1].upper()}{name[1:]}" if name else code

    def gate_class(self, name: str, since: str = "") -> str:
        """A class of a border gate, and since when: `international gate since 28 December 2023`."""
        label = self.gettext(GATE_CLASSES.get(name, name))
        return self.gettext("{gate_class} since {date}").format(gate_class=label, date=self.date(since)) if since else label

    def number(self, value: int) -> str:
        """A whole number with this language's grouping."""
        return f"{value:,}".replace(",", "." if self.language == "vi" else ",")


ENGLISH = Words()


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str = "en") -> Words:
    """The words of one language; English for one that has no catalogue."""
    path = FOLDER / language / "LC_MESSAGES" / "timeline.po"
    if language not in LANGUAGES or not path.is_file():
        return Words()
    with path.open("rb") as file:
        return Words(language, read_po(file, locale=language))


class _English:
    since, until, period = "since {}", "until {}", "some time in {}"
    about: ClassVar[dict[str, str]] = {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}
    seasons: ClassVar[dict[int, str]] = {21: "spring {}", 22: "summer {}", 23: "autumn {}", 24: "winter {}"}
    seasons |= {33: "1st quarter {}", 34: "2nd quarter {}", 35: "3rd quarter {}", 36: "4th quarter {}"}
    seasons |= {40: "1st half {}", 41: "2nd half {}"}
    decade, unknown_year, between = "the {}s", "{}, year unknown", "{} – {}"
    months = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )

    def year(self, year: str) -> str:
        return year

    def month(self, month: int, year: str = "") -> str:
        return f"{self.months[month - 1]} {year}".strip()

    def day(self, day: int, month: int, year: str = "") -> str:
        return f"{day} {self.month(month, year)}"

    def days(self, first: date, last: date) -> str:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last.day, last.month, str(last.year))}"
        year = "" if first.year == last.year else str(first.year)
        return f"{self.day(first.day, first.month, year)} – {self.day(last.day, last.month, str(last.year))}"

    def month_range(self, first: int, last: int, year: str) -> str:
        return f"{self.months[first - 1]}–{self.month(last, year)}"

    def range(self, left: str, right: str) -> str:
        first, last = edtf.parse(left), edtf.parse(right)
        if left[-1] in self.about or right[-1] in self.about:
            return self.between.format(self.point(left), self.point(right))
        if first.precision == last.precision == "day" and first.start and last.start:
            return self.days(first.start, last.start)
        if first.precision == last.precision == "month" and first.start and last.start and first.start.year == last.start.year:
            return self.month_range(first.start.month, last.start.month, str(first.start.year))
        if first.precision == last.precision == "year":
            return f"{self.point(left)}–{self.point(right)}"
        return self.between.format(self.point(left), self.point(right))

    def point(self, text: str) -> str:
        body = text.rstrip("~?%")
        said = self._exact(body)
        return self.about[text[len(body) :]].format(said) if len(body) < len(text) else said

    def _exact(self, body: str) -> str:
        year, _, rest = body.partition("-")
        month, _, day = rest.partition("-")
        if year.endswith("X") and year != "XXXX":
            return self.decade.format(f"{year[:3]}0")
        if int(month or 0) in self.seasons:
            return self.seasons[int(month)].format(year)
        known = "" if year == "XXXX" else year
        said = self.day(int(day), int(month), known) if day else self.month(int(month), known) if month else self.year(year)
        return said if known else self.unknown_year.format(said)


class _Vietnamese(_English):
    since, until, period = "từ {}", "đến {}", "trong khoảng {}"
    about: ClassVar[dict[str, str]] = {"~": "khoảng {}", "?": "có thể {}", "%": "có thể khoảng {}"}
    seasons: ClassVar[dict[int, str]] = {21: "mùa xuân {}", 22: "mùa hè {}", 23: "mùa thu {}", 24: "mùa đông {}"}
    seasons |= {33: "quý I/{}", 34: "quý II/{}", 35: "quý III/{}", 36: "quý IV/{}", 40: "nửa đầu năm {}", 41: "nửa cuối năm {}"}
    decade, unknown_year = "thập niên {}", "{}, không rõ năm"

    def month(self, month: int, year: str = "") -> str:
        return f"tháng {month}/{year}" if year else f"tháng {month}"

    def day(self, day: int, month: int, year: str = "") -> str:
        return f"{day}/{month}/{year}" if year else f"{day}/{month}"

    def month_range(self, first: int, last: int, year: str) -> str:
        return f"tháng {first}–{last}/{year}"


class _Chinese(_English):
    since, until, period = "{}起", "截至{}", "{}期间"
    about: ClassVar[dict[str, str]] = {"~": "约{}", "?": "可能{}", "%": "可能约{}"}
    seasons: ClassVar[dict[int, str]] = {21: "{}年春季", 22: "{}年夏季", 23: "{}年秋季", 24: "{}年冬季"}
    seasons |= {33: "{}年第一季度", 34: "{}年第二季度", 35: "{}年第三季度", 36: "{}年第四季度", 40: "{}年上半年", 41: "{}年下半年"}
    decade, unknown_year, between = "{}年代", "{}（年份不详）", "{}至{}"

    def year(self, year: str) -> str:
        return f"{year}年"

    def month(self, month: int, year: str = "") -> str:
        return f"{year}年{month}月" if year else f"{month}月"

    def day(self, day: int, month: int, year: str = "") -> str:
        return f"{self.month(month, year)}{day}日"

    def days(self, first: date, last: date) -> str:
        start = self.day(first.day, first.month, str(first.year))
        if (first.year, first.month) == (last.year, last.month):
            return f"{start}至{last.day}日"
        return f"{start}至{self.day(last.day, last.month, '' if first.year == last.year else str(last.year))}"

    def month_range(self, first: int, last: int, year: str) -> str:
        return f"{year}年{first}月至{last}月"


_DATES: dict[str, _English] = {"en": _English(), "vi": _Vietnamese(), "zh": _Chinese()}
