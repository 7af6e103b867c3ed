"""Bodies by pattern with the province, gate or country beside them; party secretaries for their committees."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from timeline.knowledge import Hit, Knowledge, Language
from timeline.names.finds import SENTENCE_END, Find, Named, Unit, start_of, window
from timeline.names.runs import CLAUSE_END, WORD, run_of
from timeline.names.transcribe import is_vietnamese_syllable
from timeline.text import UNSPACED, Folded, fold_words

_SIDES = frozenset(("VN", "CN"))  # of the border
_OF_STATES = (" of Vietnam", " of China")  # how the ministries and the like end that the tables name
_COUNTRY_REACH, _PREPOSITION = 8, 5  # characters between a ministry and its country, and of the word between
_OF_REACH = 34  # characters between a body pattern and its province
_BEFORE_BODY = 20  # characters between a province and a body behind it
_BETWEEN_PROVINCES = 4  # letters of an unknown word between two provinces of a list
_SECRETARY_REACH, _NAMED_REACH = 60, 40  # from a secretary to a province, from a committee to its secretary's name
_MOST_WORDS = 3  # of a village that a station is named after
_LIST_REACH = 16  # characters between two bodies of a list


# What an organ is called on the other side of the border: texts use the word of their own ("Sở Ngoại vụ Quảng Tây").
_ACROSS = {
    "{province} People's Committee": "{province} People's Government",
    "{province} People's Council": "{province} People's Congress",
    "{province} Department of Foreign Affairs": "{province} Foreign Affairs Office",
    "{province} Department of Industry and Trade": "{province} Department of Commerce",
    "{province} Department of Culture, Sports and Tourism": "{province} Department of Culture and Tourism",
    "{province} Women's Union": "{province} Women's Federation",
}
_ACROSS["{province} Border Guard"] = "{province} Border Guard"
_ACROSS |= {chinese: vietnamese for vietnamese, chinese in _ACROSS.items()}
# What is called by a common noun too ("police", "customs", "government"): in one word, it wants its province right beside it.
_COMMON = frozenset(("{province} People's Government", "{province} Police", "{province} Customs"))
_LIST_SIGNS = (",", "、", "，", "،", "·", "・")
_EASTERN_LIST_SIGNS = ("、", "·", "・")  # there "，" parts clauses
_MOST_LISTED = 12  # provinces of a list
_RIGHT_BESIDE = 18  # characters between an organ and its owner across the border: "of the province of"
_SMALL = 2  # letters of a word that is no verb: "de", "of"
_UNLINKING = re.compile(r"[.,;:()。；，、،؛؟\n\"]")
_PARTING = re.compile(r"[.,;:()\n]")
_OTHER_CLAUSE = re.compile(r"[;.:\n]|, [^,]*,")  # behind a committee: who is named there is not its secretary
_OF = 2  # words from "province" to its name, with an "of" between


def bodies_of(
    folded: Folded,
    source: str,
    finds: Sequence[Find],
    gates: Sequence[Find],
    knowledge: Knowledge,
    home: str,
    language: Language,
) -> list[Named]:
    """`People's Committee` and the province beside it: `Cao Bằng People's Committee`; a station and its gate, or its place."""
    text = folded.text
    spans: list[Named] = []
    patterns = [find for find in finds if find.key.kind == "body_pattern"]
    if not patterns:
        return spans
    actors = knowledge.tables.actors
    of_state = {(f.start, f.end) for f in finds if f.key.kind == "body"}
    units = [Unit(f.start, f.end, f.key.name, country) for f in finds if (country := _country(f, knowledge))]
    sides = [_side(gate, knowledge) for gate in gates]
    provinces: list[str] = []
    common: set[int] = set()
    names = [find.key.name for find in patterns]
    for k, find in enumerate(patterns):
        actor = actors[find.key.name]
        of_side = actor.level == "province" and actor.country in _SIDES
        if of_side and (owner := _across(text, find, units, actor.country, language)):
            names[k] = _ACROSS.get(find.key.name, find.key.name) if owner.country in _SIDES else find.key.name
            provinces.append(owner.name)
            continue
        near = [unit for unit in window(units, find.start, find.end + _OF_REACH) if actor.country in ("", unit.country)]
        if actor.level == "gate":  # of a gate, or of the place that it stands in
            near = [unit for unit in window(sides, find.start, find.end + _OF_REACH) if unit.country == actor.country] + near
        if find.key.name in _COMMON and language.script not in UNSPACED and " " not in text[find.start : find.end]:
            near = [unit for unit in near if _is_right_beside(text, find, unit, language)]
            common.add(k)
        own = _beside(text, find, near, language.owners)
        provinces.append(own or (_unlisted_place(folded, source, find, language) if actor.level == "gate" else ""))
    for k in reversed(range(len(patterns) - 1)):  # "the Party Committee, People's Council and People's Committee of Lào Cai"
        if not provinces[k] and actors[patterns[k].key.name].level == "province" and _is_list(text, patterns[k], patterns[k + 1], language):
            provinces[k] = provinces[k + 1]
    for k, (find, pattern, province) in enumerate(zip(patterns, names, provinces, strict=True)):
        actor = actors[pattern]
        if province and actor.level == "province":
            for unit in _listed_with(text, find, province, units, language):
                spans.append(Named(unit.start, unit.end, "body", pattern.replace("{province}", unit.name), "body-pattern"))
        at_home = home and k not in common and actor.country != "CN" and actor.level != "gate" and (find.start, find.end) not in of_state
        of_home = home if at_home and not _is_of_unlisted(folded, source, find, units, language) else ""
        if province or of_home:
            name = pattern.replace("{province}", province or of_home)
            spans.append(Named(find.start, find.end, "body", name, "body-pattern"))
    return spans


def _listed_with(text: str, find: Find, own: str, units: list[Unit], language: Language) -> Iterator[Unit]:
    """The other provinces of a list that an organ stands before or behind: "the People's Committees of Lạng Sơn and Cao Bằng",
    "谅山、高平两省省委".
    """
    if len(units) < 2:
        return
    behind, before = bisect_left(units, find.end, key=start_of), bisect_left(units, find.start, key=start_of)
    if behind < len(units) and units[behind].name == own and units[behind].start - find.end <= _OF_REACH:
        chain = units[behind : behind + _MOST_LISTED]
    elif before and units[before - 1].name == own:
        chain = units[max(0, before - _MOST_LISTED) : before][::-1]
    else:
        return
    for last, unit in pairwise(chain):
        gap = text[last.end : unit.start] if unit.start >= last.end else text[unit.end : last.start]
        if unit.country != chain[0].country or not _enumerates(gap, language):
            return
        yield unit


def _enumerates(gap: str, language: Language) -> bool:
    """Whether nothing but a comma or an "and", with the word for a province, stands between two names."""
    words = _words(gap)
    signs = _EASTERN_LIST_SIGNS if language.script in ("Han", "Kana") else _LIST_SIGNS
    listed = any(sign in gap for sign in signs) or not language.list_words.isdisjoint(words)
    return listed and all(word in language.joining_words or word in language.place_words for word in words)


def _across(text: str, find: Find, units: list[Unit], country: str, language: Language) -> Unit | None:
    """The unit of another country right beside an organ, with no more than "of the province of" between, where none of the organ's own
    country stands there; else none.
    """
    before: Unit | None = None
    behind: Unit | None = None
    for unit in window(units, find.start, find.end + _RIGHT_BESIDE):
        if unit.end <= find.start:
            if language.owners != "behind" and find.start - unit.end <= 1 and _linked(text, unit.end, find.start):
                before = unit
        elif unit.start >= find.end and language.owners != "before" and _owns(text, find, unit, language):
            behind = unit
            break
    owner = before or behind
    return owner if owner is not None and owner.country not in ("", country) else None


def _owns(text: str, find: Find, unit: Unit, language: Language) -> bool:
    """Whether a unit behind an organ is its owner: only small words between, no "and", and no compound ("Guangxi-Offiziere")."""
    gap = text[find.end : unit.start]
    words = _words(gap)
    small = all(len(word) <= _SMALL or word in language.joining_words or language.is_place_word(word) for word in words)
    return small and _linked(text, find.end, unit.start) and language.list_words.isdisjoint(words) and text[unit.end : unit.end + 1] != "-"


def _unlisted_place(folded: Folded, source: str, find: Find, language: Language) -> str:
    """The village that a station is named after, which no table lists: the capitalised words right behind (`Đồn biên phòng Cốc Pàng`)."""
    if not language.names_capitalised or language.owners == "before":
        return ""
    begin = WORD.search(folded.text, find.end, find.end + _OF_REACH)
    if begin and begin[0] in language.stopwords and begin.start() == find.end + 1:
        begin = WORD.search(folded.text, begin.end(), begin.end() + 2)
    if begin is None or begin.start() > find.end + 1 + _PREPOSITION or CLAUSE_END.search(folded.text, find.end, begin.start()):
        return ""
    words = [piece[0] for piece in run_of(folded, source, begin.start())]
    return " ".join(words) if 1 < len(words) <= _MOST_WORDS and all(map(is_vietnamese_syllable, words)) else ""


def _is_of_unlisted(folded: Folded, source: str, find: Find, units: Sequence[Unit], language: Language) -> bool:
    """Whether an organ is that of a province which no table lists: "the Military Command of the province of Zamunda"; without the
    "of" it is the name of who leads it.
    """
    if not language.names_capitalised or language.owners == "before":
        return False
    words = list(WORD.finditer(folded.text, find.end, find.end + _OF_REACH))
    place = next((k for k, word in enumerate(words) if language.is_place_word(word[0])), len(words))
    name = next((k for k in range(place + 1, len(words)) if words[k][0] not in language.joining_words), len(words))
    if name - place < _OF or name == len(words):
        return False
    if not language.joining_words.issuperset(word[0] for word in words[:place]) or not _linked(folded.text, find.end, words[name].start()):
        return False
    start = words[name].start()
    return source[folded.source(start)].isupper() and not any(u.start <= start < u.end for u in window(units, start, start))


def _is_list(text: str, left: Find, right: Find, language: Language) -> bool:
    """Whether nothing stands between two bodies but what joins a list, and a word such as "provincial"."""
    gap = text[left.end : right.start]
    return 0 < len(gap) <= _LIST_REACH and not SENTENCE_END.search(gap) and _enumerates(gap, language)


def _side(find: Find, knowledge: Knowledge) -> Unit:
    """One side of a gate, by what the gate is called there; the Vietnamese one where nothing tells."""
    gate = knowledge.tables.gates[find.key.name]
    name, country = (gate.vn_name, "VN") if find.key.side != "cn" else (gate.cn_name, "CN")
    return Unit(find.start, find.end, name, country)


def of_country(text: str, start: int, end: int, name: str, countries: Sequence[Find], home: str, language: Language) -> str:
    """The name of a body that stands at `start`–`end`; of a ministry or parliament that is another country's, as the name beside it
    tells, that country's.

    "Ministry of Foreign Affairs" alone is Vietnam's here, or that of the text's `home`; "Filipinler Dışişleri Bakanlığı" is that
    of the Philippines.
    """
    if not name.endswith(_OF_STATES):
        return name
    base, _, own = name.rpartition(" of ")
    countries = window(countries, start, end + _COUNTRY_REACH)
    if any(start <= c.start and c.end <= end for c in countries):
        return name
    joins = language.dates.get("list", ())
    owner = ""
    for country in countries:
        before, behind = text[country.end : start].strip(), text[end : country.start].strip()
        if country.end <= start <= country.end + 2 and not before and language.owners != "behind":
            return f"{base} of {country.key.name}"
        if end <= country.start <= end + _COUNTRY_REACH and language.owners != "before":
            bare = not behind and language.owners in ("behind", "both")
            owner = owner or (
                country.key.name if bare or (len(behind) <= _PREPOSITION and behind.isalpha() and behind not in joins) else ""
            )
    if not owner and base.startswith("Ministry") and own == "Vietnam":
        owner = home
    return f"{base} of {owner}" if owner else name


def _country(find: Find, knowledge: Knowledge) -> str:
    """The country of a province or place; empty for whatever is neither."""
    tables = knowledge.tables
    if find.key.kind == "province":
        return tables.provinces[find.key.name].country
    return tables.places[find.key.name].country if find.key.kind == "place" else ""


def _beside(text: str, find: Find, units: list[Unit], owners: str) -> str:
    """The province that a body belongs to, on the side of it where the language puts it (`owners`); else that which is nearest."""
    after = [
        (unit.start - find.end, unit.name)
        for unit in units
        if owners != "before" and 0 <= unit.start - find.end <= _OF_REACH and _linked(text, find.end, unit.start)
    ]
    before = [
        (find.start - unit.end, unit.name)
        for unit in units
        if owners != "behind" and 0 <= find.start - unit.end <= _BEFORE_BODY and _linked(text, unit.end, find.start)
    ]
    adjacent = [name for gap, name in before if gap <= 2]
    if adjacent and not (after and after[0][0] <= 2):
        return adjacent[0]
    return min(after)[1] if after else (min(before)[1] if before else "")


def _is_right_beside(text: str, find: Find, unit: Unit, language: Language) -> bool:
    """Whether nothing but small words, and those for a province, stands between a body and a place: "police of the province of"."""
    gap = text[find.end : unit.start] if unit.start >= find.end else text[unit.end : find.start]
    words = _words(gap)
    return all(word in language.joining_words or language.is_place_word(word) for word in words) and not _PARTING.search(gap)


def _linked(text: str, low: int, high: int) -> bool:
    return not _UNLINKING.search(text, low, high)


@lru_cache(maxsize=1 << 12)
def _words(gap: str) -> tuple[str, ...]:
    return tuple(fold_words(gap).split())


def secretaries_of(text: str, finds: Sequence[Find], words: Sequence[Hit], language: Language) -> list[Named]:
    """Party secretaries of listed provinces stand for those provinces' party committees."""
    spans: list[Named] = []
    provinces = [f for f in finds if f.key.kind == "province"]
    for hit in words:
        if hit.phrase.key != "party_secretary":
            continue
        before = list(_secretaries_before(text, hit, provinces, language)) if language.owners != "behind" else []
        if before:
            spans += before
            continue
        reach = hit.end
        for n in range(bisect_left(provinces, reach, key=start_of), len(provinces)):
            find = provinces[n]
            if find.start - reach > _SECRETARY_REACH:
                break
            if find.start < reach:
                continue
            gap = text[reach : find.start]
            # behind the first province only a list goes on: "the secretary of Guangxi X went to Lạng Sơn"
            if SENTENCE_END.search(gap) or (reach != hit.end and not _goes_on(gap, language)):
                break
            spans.append(Named(find.start, find.end, "body", f"{find.key.name} Party Committee", "party-secretary"))
            reach = find.end
    return spans


def _secretaries_before(text: str, hit: Hit, provinces: Sequence[Find], language: Language) -> Iterator[Named]:
    """Those of a list that stands before the word: "Lang Son, Cao Bang ve Ha Giang parti sekreterleri"; one alone has its own pattern."""
    place = bisect_left(provinces, hit.start, key=start_of)
    chain = provinces[max(0, place - _MOST_LISTED) : place][::-1]
    if len(chain) < 2 or hit.start - chain[0].end > _BETWEEN_PROVINCES:
        return
    listed = [chain[0]]
    for last, find in pairwise(chain):
        if not _enumerates(text[find.end : last.start], language):
            break
        listed.append(find)
    for find in listed if len(listed) > 1 else ():
        yield Named(find.start, find.end, "body", f"{find.key.name} Party Committee", "party-secretary")


def _goes_on(gap: str, language: Language) -> bool:
    """Whether a list goes on over what stands between two provinces: a comma, "and", the word for a province."""
    words = _words(gap)
    small = all(word in language.joining_words or word in language.place_words for word in words)
    return small or len("".join(words)) <= _BETWEEN_PROVINCES


def is_named(text: str, committee: Named, starts: Sequence[int], people: Sequence[Named]) -> bool:
    """Whether the secretary is named right behind ("Secretary of the Lào Cai Party Committee X"): then X took part, not the committee.

    Of several provinces, which begin at `starts`, the last has the name: "the secretaries of Lào Cai and Guangxi, X".
    """
    place = bisect_left(starts, committee.end)
    following = starts[place] if place < len(starts) else len(text)
    low = bisect_left(people, committee.end, key=lambda span: span.start)
    high = bisect_right(people, min(committee.end + _NAMED_REACH, following), key=lambda span: span.start)
    return any(not _OTHER_CLAUSE.search(text, committee.end, span.start) for span in people[low:high])
