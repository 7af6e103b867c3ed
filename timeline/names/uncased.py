"""People of any nation beside their office in scripts without capitals, as their language sets a name apart from the words around it.

Vietnamese and Chinese names are read by their syllables (`syllables.py`); what is left are those of partners from elsewhere:
`フランスのオリビエ・ランベール大使`, `让·朗贝尔`, `김민석 지사`, `นายโอลิวิเยร์ ล็องแบร์`, `राजदूत ओलिवियर लैम्बर्ट ने`. Their canonical name is as
the text writes it: no rule leads back to the spelling of their own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cache

from timeline.knowledge import Hit, Language
from timeline.model import NameSpan
from timeline.text import Folded, fold_words

# Characters that Chinese writes foreign names with (Xinhua's tables of transcription).
_HAN_SOUNDS = (
    "阿埃艾爱安昂奥巴白班邦保贝本比彼别宾波伯博布查察昌车达大代戴丹当道德登邓迪蒂丁杜顿多厄恩尔法凡范菲费芬丰佛弗福富盖甘冈高戈格根贡古圭哈海汉"
    "豪赫黑亨洪胡华怀惠霍基吉季加贾简江杰金卡凯坎康考科克肯孔库拉腊莱兰朗劳勒雷里利莉列林琳龙卢鲁伦罗洛马麦曼芒毛梅门蒙米密明莫默姆穆纳娜奈南内尼"
    "娘宁纽农努诺欧帕派潘庞佩彭皮平坡珀普奇齐恰钱乔切钦琼丘让热日荣茹儒若萨塞赛桑瑟沙山尚绍舍申圣施什石史舒斯思丝松苏索塔泰坦唐汤特腾提廷通图托瓦"
    "万旺威韦维魏温文翁沃乌武西希锡夏香肖谢辛兴休许雅亚延扬耶叶伊依因英尤约赞泽扎詹章珍朱兹宗佐曹陶辽冉佳露蕾丽玛妮妲琪"
)
_HAN = re.compile(rf"[{_HAN_SOUNDS}]{{1,7}}(?:[·•‧][{_HAN_SOUNDS}]{{1,8}}){{1,3}}")
_KANA = re.compile(r"[\u30a1-\u30fa\u30fc]{2,12}(?:[・＝=][\u30a1-\u30fa\u30fc]{2,14}){1,3}")
_WITH_POINTS = {"Han": _HAN, "Kana": _KANA}
# The commonest family names of Korea (census of 2015), which one syllable of two or three makes.
_FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_KOREAN = re.compile(rf"(?<!\w)[{_FAMILIES}][가-힣]{{2}}$")
_KOREAN_PARTICLES = frozenset("의은는을를와과에로도만")
_GLUED_PERSON = {  # two stretches of the script's letters with a blank between, and a blank or a sign behind
    "Thai": re.compile(r"[ \u200b]?([\u0e01-\u0e3a\u0e40-\u0e4e]{2,16})[ ]([\u0e01-\u0e3a\u0e40-\u0e4e]{3,18})(?=[\s,.()\"“”'’:;]|$)"),
    "Lao": re.compile(
        r"[ \u200b]?([\u0e81-\u0eb9\u0ebb-\u0ecd\u0edc-\u0edf]{2,18})[ ]([\u0e81-\u0ecd\u0edc-\u0edf]{3,20})(?=[\s,.()\"“”'’:;]|$)"
    ),
    "Khmer": re.compile(r"[ \u200b]?([\u1780-\u17d2]{2,16})[ \u200b]([\u1780-\u17d2]{2,20})(?=[\s\u200b,.()\"“”«»'’:;។៖]|$)"),
}
_WORD = re.compile(r"[^\W\d_][\w\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u064b-\u0652\u200c'’״׳-]*")
_SIGN = re.compile(r" ?(?:[,،.;؛:()«»\"”“।۔–—\n!?]|$)")
_LEAST_WORDS, _MOST_WORDS = 2, 3
_SHORT = 3  # letters of a syllable
_BETWEEN = 3  # names between an office and who holds it: "سفير فرنسا لدى فيتنام …"
_SPACED = frozenset(("Devanagari", "Bengali", "Arabic", "Hebrew"))

Span = tuple[int, int]


class Use(Enum):
    """What a stretch of the text is part of already."""

    NONE = 0
    NAME = 1
    PERSON = 2


UsedBy = Callable[[int, int], Use]


def people_beside_offices(
    folded: Folded, source: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language
) -> Iterator[NameSpan]:
    """Names of two words and more beside a role. Folded offsets; the canonical name as the text writes it."""
    for start, end in _beside(folded.text, roles, hits, used_by, language):
        name = source[folded.source(start) : folded.source_end(end)]
        yield NameSpan(start, end, "", "person", name, "name-beside-office")


def _beside(text: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    if not roles:
        return
    if language.script in _WITH_POINTS:
        yield from _with_points(text, roles, used_by, language)
    elif language.script == "Hangul":
        yield from _hangul(text, roles, used_by, language)
    elif language.script in _GLUED_PERSON:
        yield from _glued(text, roles, hits, used_by, language)
    elif language.script in _SPACED:
        yield from (span for role in roles if (span := _behind(text, role, used_by, language)))


def _with_points(text: str, roles: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    """`オリビエ・ランベール大使`, `大使奥利维耶·朗贝尔`: the points between its words tell a name; in hanzi also a later one of a list."""
    starts, ends = {role.start for role in roles}, {role.end for role in roles}
    for match in _WITH_POINTS[language.script].finditer(text):
        listed = language.script == "Han" and text[match.start() - 1 : match.start()] in "、，"
        if (listed or match.end() in starts or match.start() in ends) and used_by(match.start(), match.end()) is Use.NONE:
            yield match.span()


def _glued(text: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    """`นายโอลิวิเยร์ ล็องแบร์`: two stretches of letters behind an office, of which the language's file knows nothing."""
    listed = bytearray(len(text))  # a mark on each character of what the files list
    for hit in hits:
        listed[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    for role in roles:
        match = _GLUED_PERSON[language.script].match(text, role.end)
        if match is None or used_by(match.start(1), match.end()) is not Use.NONE or any(listed[match.start(1) : match.end()]):
            continue
        if not any(word in piece for piece in match.groups() for word in _inner_words(language)):
            yield match.start(1), match.end()


@cache
def _inner_words(language: Language) -> tuple[str, ...]:
    """Small words of a script without blanks that no name holds: those of three letters and more."""
    return tuple(word for word in sorted(language.stopwords) if len(word) > 2)


def _hangul(text: str, roles: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    """`김민석 지사`: a family name and two syllables right before an office."""
    words, stems = _known_words(language)
    for role in roles:
        if text[role.start - 1 : role.start] != " ":
            continue
        match = _KOREAN.search(text, max(0, role.start - 5), role.start - 1)
        if match is None or match[0][-1] in _KOREAN_PARTICLES or used_by(match.start(), match.end()) is not Use.NONE:
            continue
        if match[0] not in words and not any(match[0][:length] in stems for length in (2, 3)):
            yield match.span()


def _behind(text: str, role: Hit, used_by: UsedBy, language: Language) -> Span | None:
    """Two or three words behind an office that the language's file knows as nothing, up to a sign or to a word that it knows.

    Names may stand between, with a small word before each ("سفیر فرانسه در ویتنام"), and then a comma, which wants a second one.
    """
    position, skipped, comma, owed = role.end, 0, False, False
    pieces: list[Span] = []
    while len(pieces) <= _MOST_WORDS:
        if pieces and _SIGN.match(text, position):
            break
        if skipped and not (pieces or comma or owed) and text[position : position + 1] in (",", "،"):
            comma, position = True, position + 1
        word = _WORD.match(text, position + (text[position : position + 1] == " "))
        if word is None:
            return None
        position = word.end()
        use = used_by(word.start(), word.end())
        if use is not Use.NONE:  # the country or the body that the office is of; whoever is named holds it himself
            skipped, owed = skipped + 1, False
            if pieces or comma or skipped > _BETWEEN or use is Use.PERSON:
                return None
        elif owed:
            return None
        elif _is_known(word[0], language):
            if pieces:
                break
            owed = True
        elif len(pieces) >= _LEAST_WORDS and any(_is_glued(word[0], prefix) for prefix in language.prefixes if prefix):
            break  # "… Lambert on-his-visit", in one word
        else:
            pieces.append(word.span())
    if not _LEAST_WORDS <= len(pieces) <= _MOST_WORDS or any(end - start < 2 for start, end in pieces):
        return None
    closed = not comma or text[pieces[-1][1] : pieces[-1][1] + 1] in (",", "،")
    return (pieces[0][0], pieces[-1][1]) if closed else None


def _is_glued(word: str, prefix: str) -> bool:
    """Whether a word begins with a small word of the language, and is long enough for it (`لونغ` is a Long)."""
    return word.startswith(prefix) and len(word) > len(prefix) + _SHORT


def _is_known(word: str, language: Language) -> bool:
    """Whether a word, without a prefix of the language, is one that its file lists."""
    words, stems = _known_words(language)
    forms = [word, *(word[len(prefix) :] for prefix in language.prefixes if prefix and word.startswith(prefix))]
    return any(form in words or any(form[:length] in stems for length in range(2, len(form) + 1)) for form in forms)


@cache
def _known_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The words, and stems, that the file lists for roles, events and organs; not those that the names of places are made of."""
    organs = [phrases for name, phrases in language.names.items() if "{" in name or " of " in name]
    words_of = [phrases for key, phrases in language.words.items() if key != "not_name"]
    tables = [*organs, *words_of, *language.cues.values(), *language.triggers.values(), *language.at_event.values()]
    listed = [word for phrases in tables for phrase in phrases for word in phrase.split()]
    stems = [word.rstrip("*") for word in listed if word.endswith("*")]
    words = [word for word in (*listed, *language.stopwords) if not word.endswith("*")]
    return frozenset(map(fold_words, words)), frozenset(map(fold_words, stems))
