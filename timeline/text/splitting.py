"""Where sentences end."""

from __future__ import annotations

import re

# A sentence ends at a full stop followed by a blank and something that can begin a sentence, or at the full stop
# of Chinese, Japanese, Devanagari, Urdu, Khmer. A dot after a digit ("15. září"), one letter ("T. Nguyễn") or an
# abbreviation of the language ends none.
# Machine-translated pages lose the blank after a full stop ("(Čína).Ministerstvo"): two letters, or a year, before it and a
# capitalised word after it are taken for an end as well; so are such letters with a number ("COVID-19.Le").
# (One set of characters in front lets the search run over all others at once.)
_SENTENCE_END = re.compile(
    r"[.!?…。！？；।॥។۔؟\n](?:(?<=[.!?…])[\"'”»)\]]*(?:\s+|(?=[^\W\d_]{2}|[^\W\d_] [^\W\d_]))"
    r"|(?<=[。！？；।॥។۔؟])(?:(?<=[。！？；])|(?!\d))[。！？；।॥។۔؟]*[”」』）]?|(?<=\n)\n*)"
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]{2,16}|(?<![^\W_])(?:19|20)\d\d|(?<=[^\W\d_]{2}-)\d\d?)[)\"”»]?$")
_WORD_BEFORE = re.compile(r"(?<![\w/])[\w/]+\Z")
_KOREAN_VERB = re.compile("[가-힣]다[.!?][가-힣]")  # "방문했다.이날": Korean sentences end in a verb, and its verbs so; not "한.중.일"
_DATE_GOES_ON = re.compile(r"\s*(?:(?:0?[1-9]|1[0-2])\.(?=\s*(?:19|20)\d\d)|(?:19|20)\d\d(?!\d))")
_SENTENCE_START = re.compile(r"[\"'“«„(\[\-–—\s]*(\w)")

# Characters of the longest sentence that is read as one: what belongs to what in it is found by holding each against each. Lists of
# what parties agreed on have a thousand; what is longer has lost its full stops, or never had any.
LONGEST = 5_000
_BREAK = re.compile(r"[,;:，；：、،؛]\s?")  # where it is cut, of its last characters
_SEEN = 500


def sentences(
    text: str, start: int, end: int, abbreviations: frozenset[str] = frozenset(), ordinal_dot: bool = False
) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans of `text`, blanks trimmed; one beyond all measure in pieces.

    `ordinal_dot`: the language writes ordinals with a dot ("15. září"), which ends no sentence.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if _goes_on(text, match, end, abbreviations, ordinal_dot):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _goes_on(text: str, match: re.Match[str], end: int, abbreviations: frozenset[str], ordinal_dot: bool) -> bool:
    signs = match.group()
    if signs[-1] in ".!?":  # no blank after it
        if _KOREAN_VERB.match(text, match.start() - 2):
            return False
        head = text[match.end() : match.end() + 3]
        glued = head[0].isupper() and (head[1].islower() or (head[1] == " " and head[2].islower()))  # "plán.A ministerstvo"
        if not glued:
            return True
        word = _LAST_WORD.search(text[max(0, match.start() - 16) : match.start()].rstrip("."))  # "onom...Potom"
        last = word.group().rstrip(')"”»') if word else ""
        return not last or last.casefold() in abbreviations or not (last[-1].islower() or last.isdigit())
    if signs[0] != "." or "\n" in signs:
        return False
    following = _SENTENCE_START.match(text, match.end(), end)
    if following is None:
        return False
    head = following.group(1)
    if head.islower():
        return True
    word = _WORD_BEFORE.search(text[max(0, match.start() - 16) : match.start()])
    if word is None:
        return False
    last = word.group()
    if last.isdigit():
        of_date = head.isdigit() and _DATE_GOES_ON.match(text, match.end(), end) is not None  # "28. 12. 2023"
        return len(last) < 3 and (of_date or (ordinal_dot and not _caseless(head)))
    return last.casefold() in abbreviations or (len(last) == 1 and last.isupper())


def _caseless(char: str) -> bool:
    return char.lower() == char.upper()


def _append(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while end - begin > LONGEST:
        limit = begin + LONGEST
        breaks = list(_BREAK.finditer(text, limit - _SEEN, limit))
        cut = breaks[-1].end() if breaks else text.rfind(" ", begin, limit) + 1 or limit
        _append(spans, text, begin, cut)
        begin = cut
    piece = text[begin:end].lstrip()
    if piece:
        low = end - len(piece)
        spans.append((low, low + len(piece.rstrip())))
