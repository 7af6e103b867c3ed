"""When two mentions tell one happening, and when they cannot: the named rules that `data/knowledge/fusion.csv` weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timeline import edtf
from timeline.model import DAYS_LONG, Mention

# A ceremony, meeting or agreement of one source may be the other source's word for the same happening only when
# types agree; these pairs are one kind of happening told with another word.
_KINDRED = (
    {"ceremony", "border_gate"},
    {"ceremony", "infrastructure"},
    {"ceremony", "agreement"},
    {"exchange", "conference"},
)
_DISTINCT = frozenset(("border_gate", "policy", "infrastructure"))  # types whose subtypes are different happenings
_ONE_CHANGE = ({"opening", "upgrade"}, {"opening", "resumption"}, {"opening", "route"})
STAY = {"visit": 2, "exchange": 1}  # days between the reports of its first and of its last day


def _same_number(a: Mention, b: Mention) -> bool:
    return bool(a.number) and a.number == b.number


def _same_series_number(a: Mention, b: Mention) -> bool:
    return bool(a.series) and a.series == b.series and a.ordinal is not None and a.ordinal == b.ordinal


def _same_ordinal(a: Mention, b: Mention) -> bool:
    """`the 9th friendship exchange` in two reports, at one time and place."""
    if a.ordinal is None or a.ordinal != b.ordinal or a.event_type != b.event_type or not (a.date_edtf and b.date_edtf):
        return False
    return _share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors)


def _same_series_time(a: Mention, b: Mention) -> bool:
    if not a.series or a.series != b.series:
        return False
    if a.doc_id == b.doc_id:
        return True
    return bool(a.date_edtf and b.date_edtf) and edtf.overlaps(a.date_edtf, b.date_edtf)


def _same_gate_change(a: Mention, b: Mention) -> bool:
    if a.event_type != "border_gate" or b.event_type != "border_gate" or a.event_subtype != b.event_subtype:
        return False
    return _share(a.border_gates, b.border_gates) and (a.doc_id == b.doc_id or bool(a.date_edtf and b.date_edtf))


def _same_day_place(a: Mention, b: Mention) -> bool:
    return _same_day(a, b) and (_share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces))


def _same_day_actor(a: Mention, b: Mention) -> bool:
    return _same_day(a, b) and _share(a.actors, b.actors)


def _same_day_of_year(a: Mention, b: Mention) -> bool:
    """A report that tells no year, and much in common with one that does."""
    if a.doc_id == b.doc_id or ("XXXX" in a.date_edtf) == ("XXXX" in b.date_edtf):
        return False
    if {a.date_precision, b.date_precision} - {"day", "span"} or not edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b)):
        return False
    return _share(a.border_gates, b.border_gates) or len({*a.actors, *a.provinces} & {*b.actors, *b.provinces}) > 1


def _same_stay(a: Mention, b: Mention) -> bool:
    """Reports of the days of one visit: told of its first day here, of its last there."""
    if a.event_type not in DAYS_LONG or not _tell_days(a, b):
        return False
    return _share(a.actors, b.actors) and edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b))


def _slack(a: Mention, b: Mention) -> int:
    """How many days two dates of one thing may lie apart: reports of a visit give the day of which they tell."""
    if a.event_type != b.event_type or not (_share(a.actors, b.actors) or (a.ordinal and a.ordinal == b.ordinal)):
        return 0
    return STAY.get(a.event_type, 0)


def _headline(a: Mention, b: Mention) -> bool:
    return (
        a.doc_id == b.doc_id
        and a.title != b.title
        and (_share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors))
    )


def _same_story(a: Mention, b: Mention) -> bool:
    if a.doc_id != b.doc_id or a.series != b.series:
        return False
    if a.event_subtype != b.event_subtype and a.event_type != "visit" and len(set(a.actors) & set(b.actors)) < 2:
        return False
    if a.date_edtf and b.date_edtf and a.date_edtf != b.date_edtf:
        return False
    return _share(a.border_gates, b.border_gates) or _share(a.provinces, b.provinces) or _share(a.actors, b.actors)


def _points_back(a: Mention, b: Mention) -> bool:
    return a.refers_to == b.mention_id or b.refers_to == a.mention_id


def _only_one_told(a: Mention, b: Mention) -> bool:
    """Two mentions of a document that tells one such thing, one of them without a time or with a coarser one (see `_alone`).

    A ceremony is that of the one thing told. Host and guest may each be named alone for one visit.
    """
    if a.doc_id != b.doc_id or (a.date_edtf and a.date_edtf == b.date_edtf) or "period" in (a.date_precision, b.date_precision):
        return False
    coarse = not {a.date_precision, b.date_precision}.isdisjoint(("month", "year"))
    if coarse and _apart(a.actors, b.actors):  # "Mr A has come on a visit. In 2013 Mr B had paid one"
        return False
    return not _apart(a.provinces, b.provinces) and (a.event_type == "visit" or not _apart(a.actors, b.actors))


def _apart(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return bool(left) and bool(right) and not _share(left, right)


RULES: dict[str, Callable[[Mention, Mention], bool]] = {
    "points-back": _points_back,
    "same-document-number": _same_number,
    "same-series-number": _same_series_number,
    "same-series-time": _same_series_time,
    "same-ordinal": _same_ordinal,
    "same-gate-change": _same_gate_change,
    "same-day-place": _same_day_place,
    "same-day-actor": _same_day_actor,
    "same-stay": _same_stay,
    "same-day-of-year": _same_day_of_year,
    "headline": _headline,
    "same-story": _same_story,
    "only-one-told": _only_one_told,
}


def _share(left: Iterable[str], right: Iterable[str]) -> bool:
    return not set(left).isdisjoint(right)


def _same_day(a: Mention, b: Mention) -> bool:
    return _tell_days(a, b) and edtf.overlaps(a.date_edtf, b.date_edtf)


def _tell_days(a: Mention, b: Mention) -> bool:
    """Whether both tell days, and of two documents both the year or neither (else see `_same_day_of_year`)."""
    if not a.date_edtf or not b.date_edtf or {a.date_precision, b.date_precision} - {"day", "span"}:
        return False
    return a.doc_id == b.doc_id or ("XXXX" in a.date_edtf) == ("XXXX" in b.date_edtf)


def excludes(a: Mention, b: Mention) -> bool:
    """Whether two mentions cannot tell one happening."""
    if _points_back(a, b):
        return False
    if not are_kindred(a.event_type, b.event_type) or _of_another_kind(a, b) or _in_one_list(a, b) or _one_of_many(a, b):
        return True
    if a.number or b.number:
        return a.number != b.number
    if _differ(a.series, b.series) or _differ(a.ordinal, b.ordinal):
        return True
    if a.event_type == b.event_type == "meeting" and _others_met(a, b):
        return True
    if a.event_type == "border_gate" and a.border_gates and b.border_gates and not _share(a.border_gates, b.border_gates):
        return True
    return bool(a.date_edtf and b.date_edtf) and not edtf.overlaps(a.date_edtf, b.date_edtf, _slack(a, b))


def _others_met(a: Mention, b: Mention) -> bool:
    """Whether two meetings are of different parties: who met Mr Lâm and Mr Chính on one day met twice."""
    left, right = set(a.actors), set(b.actors)
    return min(len(left), len(right)) > 1 and len(left & right) < 2 and bool(left - right) and bool(right - left)


def _in_one_list(a: Mention, b: Mention) -> bool:
    """Whether two mentions are items of one list: "visited a school in Pingxiang; visited a village in Ningming; …"."""
    if a.item is None or b.item is None or a.doc_id != b.doc_id:
        return False
    return a.item != b.item and a.item[0] == b.item[0]


def _one_of_many(a: Mention, b: Mention) -> bool:
    """Whether one is a mechanism that recurs over a period ("annual meetings in 2020–2025"), and the other one time that it was held."""
    if bool(a.recurrence) == bool(b.recurrence):
        return False
    whole, one = (a, b) if a.recurrence else (b, a)
    return one.date_precision in ("day", "span") and whole.date_precision in ("period", "none")


def _of_another_kind(a: Mention, b: Mention) -> bool:
    """A pilot is no opening, a part is not its whole."""
    if a.event_type != b.event_type:
        return False
    if a.event_type == "conference" and bool(a.part_of) != bool(b.part_of):
        return True
    if a.part_of and _differ(a.event_subtype, b.event_subtype):
        return True
    return a.event_type in _DISTINCT and _differ(a.event_subtype, b.event_subtype) and not _is_one_change(a, b)


def _is_one_change(a: Mention, b: Mention) -> bool:
    """Whether two reports call one day's change of a gate by different words: opened here, upgraded or reopened there.

    Within one document they are two, for it tells them apart.
    """
    called = {a.event_subtype, b.event_subtype}
    return a.doc_id != b.doc_id and called in _ONE_CHANGE and _share(a.border_gates, b.border_gates) and _same_day(a, b)


def are_kindred(left: str, right: str) -> bool:
    """Whether two types of event may be two sources' words for one."""
    return left == right or {left, right} in _KINDRED


def _differ(left: object, right: object) -> bool:
    return bool(left) and bool(right) and left != right
