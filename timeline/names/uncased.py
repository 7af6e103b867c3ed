"""People of any nation beside their office in scripts without capitals, as their language sets a name apart from the words around it.

Vietnamese and Chinese names are read by their syllables (`syllables.py`); what is left are those of partners from elsewhere:
`フランスのオリビエ・ランベール大使`, `让·朗贝尔`, `김민석 지사`, `นายโอลิวิเยร์ ล็องแบร์`, `राजदूत ओलिवियर लैम्बर्ट ने`. Their canonical name is as
the text writes it: no rule leads back to the spelling of their own language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from itertools import islice

from timeline.knowledge import Hit, Language
from timeline.names.chinese import JAPANESE_FAMILY
from timeline.names.finds import Named, Span
from timeline.text import Folded, fold

# Characters that Chinese writes foreign names with (Xinhua's tables of transcription).
_HAN_SOUNDS = (
    "阿埃艾爱安昂奥巴白班邦保贝本比彼别宾波伯博布查察昌车达大代戴丹当道德登邓迪蒂丁杜顿多厄恩尔法凡范菲费芬丰佛弗福富盖甘冈高戈格根贡古圭哈海汉"
    "豪赫黑亨洪胡华怀惠霍基吉季加贾简江杰金卡凯坎康考科克肯孔库拉腊莱兰朗劳勒雷里利莉列林琳龙卢鲁伦罗洛马麦曼芒毛梅门蒙米密明莫默姆穆纳娜奈南内尼"
    "娘宁纽农努诺欧帕派潘庞佩彭皮平坡珀普奇齐恰钱乔切钦琼丘让热日荣茹儒若萨塞赛桑瑟沙山尚绍舍申圣施什石史舒斯思丝松苏索塔泰坦唐汤特腾提廷通图托瓦"
    "万旺威韦维魏温文翁沃乌武西希锡夏香肖谢辛兴休许雅亚延扬耶叶伊依因英尤约赞泽扎詹章珍朱兹宗佐曹陶辽冉佳露蕾丽玛妮妲琪夫得娅莎茨妥瑙盖嘉蓉菊芙荻黛薇莲珊柯钮诺贾坡冯"
)
_HAN = re.compile(rf"[{_HAN_SOUNDS}]{{1,7}}(?:[·•‧][{_HAN_SOUNDS}]{{1,8}}){{1,3}}")
_KANA = re.compile(r"[\u30a1-\u30fa\u30fc]{2,12}(?:[・＝=][\u30a1-\u30fa\u30fc]{2,14}){1,3}")
_VERB_BEGINS = re.compile("高[度兴]|提[出到议]|应邀")  # behind a name, in characters that names have too
_WITH_POINTS = {"Han": _HAN, "Kana": _KANA}
_GIVEN = "(?![県市町村区州党省委])[\u4e00-\u9fffぁ-ん]"  # a character of a given name in Japanese
_JAPANESE = re.compile(rf"(?:^|(?<![\u4e00-\u9fff々]))(?:{fold(JAPANESE_FAMILY.pattern).text})[ \u3000]?(?:{_GIVEN}){{1,3}}$")
# The commonest family names of Korea (census of 2015), which one syllable of two or three makes.
_FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_KOREAN = re.compile(rf"[{_FAMILIES}][가-힣]{{2}}")
_KOREAN_PARTICLES = frozenset("의은는을를와과에로도만")
KOREAN_UNITS = frozenset("부위시군구국청처실직급회한된")  # how organs, places and adjectives end: 고용부, 선관위, 강력한
_KOREAN_ENDS = frozenset("의은는이가을를와과에서로도고며한인된날")  # how a word ends that belongs to no name behind it
_SIGNS = ",.·(\"'“‘\n"
_LONGEST_WORD = 12
_GLUED_PERSON = {  # two stretches of the script's letters with a blank between, and a blank or a sign behind
    "Thai": re.compile(r"[ \u200b]?([\u0e01-\u0e3a\u0e40-\u0e4e]{2,16})[ ]([\u0e01-\u0e3a\u0e40-\u0e4e]{3,18})(?=[\s,.()\"“”'’:;]|$)"),
    "Lao": re.compile(
        r"[ \u200b]?([\u0e81-\u0eb9\u0ebb-\u0ecd\u0edc-\u0edf]{2,18})[ ]([\u0e81-\u0ecd\u0edc-\u0edf]{3,20})(?=[\s,.()\"“”'’:;]|$)"
    ),
    "Khmer": re.compile(r"[ \u200b]?([\u1780-\u17d2]{2,16})[ \u200b]([\u1780-\u17d2]{2,20})(?=[\s\u200b,.()\"“”«»'’:;។៖]|$)"),
}
_WORD = re.compile(r"[^\W\d_][\w\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u064b-\u0652\u200c'’״׳-]*")
_SIGN = re.compile(r" ?(?:[,،.;؛:()«»\"”“।۔–—\n!?]|$)")
_RESIDENT = frozenset("駐驻氏州県市省")  # behind a name: "ambassador to", Mr, "governor of the province"
_LEAST_WORDS, _MOST_WORDS = 2, 3
_SHORT = 3  # letters of a syllable
_BETWEEN = 3  # names between an office and who holds it: "سفير فرنسا لدى فيتنام …"
_ARTICLES = {"ar": "ال", "he": "ה"}
_SPACED = frozenset(("Devanagari", "Bengali", "Arabic", "Hebrew"))


class Use(Enum):
    """What a stretch of the text is part of already."""

    NONE = 0
    NAME = 1
    PERSON = 2


UsedBy = Callable[[int, int], Use]


def people_beside_offices(
    folded: Folded, source: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language
) -> Iterator[Named]:
    """Names of two words and more beside a role. Folded offsets; the canonical name as the text writes it."""
    for start, end in _beside(folded.text, roles, hits, used_by, language):
        name = source[folded.source(start) : folded.source_end(end)]
        yield Named(start, end, "person", name, "name-beside-office")


def _beside(text: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    if not roles:
        return
    if language.script in _WITH_POINTS:
        yield from _with_points(text, roles, used_by, language)
        if language.script == "Kana":
            yield from _japanese(text, roles, used_by)
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
        start, end = match.start(), match.end() - (_VERB_BEGINS.match(text, match.end() - 1) is not None)
        listed = language.script == "Han" and text[start - 1 : start] in "、，"
        role = end in starts or start in ends or text[end : end + 1] in _RESIDENT
        if (listed or role) and used_by(start, end) is Use.NONE:
            if any(word in text[start:end] for word in language.words.get("nobody", ())):
                continue  # "グリーン・エネルギー大臣"
            yield start, end


def _japanese(text: str, roles: Sequence[Hit], used_by: UsedBy) -> Iterator[Span]:
    """`田中浩総領事`: a Japanese family name and a given one right before an office."""
    for role in roles:
        match = _JAPANESE.search(text, max(0, role.start - 6), role.start)
        if match and used_by(match.start(), match.end()) is Use.NONE:
            yield match.span()


def _glued(text: str, roles: Sequence[Hit], hits: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    """`นายโอลิวิเยร์ ล็องแบร์`: two stretches of letters behind an office, of which the language's file knows nothing."""
    honorifics = _honorifics(language)
    titles = [role for role in roles if text[role.start : role.end] in honorifics]  # "โฆษก แถลงข่าว …": behind an office a verb may stand
    if not titles:
        return
    listed = bytearray(len(text))  # a mark on each character of what the files list
    for hit in hits:
        listed[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    for title in titles:
        match = _GLUED_PERSON[language.script].match(text, title.end)
        if match is None or used_by(match.start(1), match.end()) is not Use.NONE or any(listed[match.start(1) : match.end()]):
            continue
        if not any(word in piece for piece in match.groups() for word in _inner_words(language)):
            yield match.start(1), match.end()


@cache
def _honorifics(language: Language) -> frozenset[str]:
    return frozenset(fold(word).text for word in language.words.get("honorific", ()))


@cache
def _inner_words(language: Language) -> tuple[str, ...]:
    """Small words of a script without blanks that no name holds: those of three letters and more."""
    return tuple(word for word in sorted(language.stopwords) if len(word) > 2)


def _hangul(text: str, roles: Sequence[Hit], used_by: UsedBy, language: Language) -> Iterator[Span]:
    """`김민석 지사`, `올리비에 랑베르 주베트남 프랑스 대사`: a name, then the places and bodies of the office, then the office."""
    for role in roles:
        begin = role.start
        while begin > 0 and text[begin - 1].isalnum() and role.start - begin < _LONGEST_WORD:
            begin -= 1  # "강원도지사"
        words = list(islice(_words_before(text, begin), _BETWEEN + _LEAST_WORDS + 1))
        while words and (used := used_by(*words[0])) is not Use.PERSON and (used is Use.NAME or _is_of_office(text, words[0], language)):
            del words[0]
        if not words or used_by(*words[0]) is Use.PERSON:
            continue
        nearest = words[0]
        if _KOREAN.fullmatch(text, *nearest) and text[nearest[1] - 1] not in KOREAN_UNITS and _is_name(text, nearest, language):
            yield nearest
        elif (
            len(words) > 1
            and used_by(*words[1]) is Use.NONE
            and _is_name(text, nearest, language)
            and _is_name(text, words[1], language, False)
        ):
            begin = words[1][0]
            free = begin == 0 or text[begin - 1] in _SIGNS or (len(words) > 2 and text[words[2][1] - 1] in _KOREAN_ENDS)
            if free:
                yield begin, nearest[1]


def _words_before(text: str, position: int) -> Iterator[Span]:
    """The words before a place, the nearest first, each a blank from the next."""
    while position > 0 and text[position - 1] == " ":
        end = position - 1
        begin = end
        while begin > 0 and end - begin < _LONGEST_WORD and text[begin - 1].isalnum():
            begin -= 1
        if begin == end:
            return
        yield begin, end
        position = begin


def _is_of_office(text: str, word: Span, language: Language) -> bool:
    """Whether a word is part of an office: one of the file's, `주베트남` (resident in Vietnam)."""
    written = text[slice(*word)]
    return _is_known(written, language) or (written[0] == "주" and len(written) > 2)


def _is_name(text: str, word: Span, language: Language, last: bool = True) -> bool:
    """Whether a word may be part of a name: the `last` one is of two syllables and more, and ends in no particle."""
    written = text[slice(*word)]
    ends = written[-1] in (_KOREAN_PARTICLES if last else "의을를") or (last and len(written) < _LEAST_WORDS)
    return not ends and written.isalpha() and not _is_known(written, language)


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
    if not _may_be_name(pieces) or _may_be_nouns(text, role, pieces, skipped > 0, language):
        return None
    closed = not comma or text[pieces[-1][1] : pieces[-1][1] + 1] in (",", "،")
    return (pieces[0][0], pieces[-1][1]) if closed else None


def _may_be_name(pieces: Sequence[Span]) -> bool:
    return _LEAST_WORDS <= len(pieces) <= _MOST_WORDS and all(end - start > 1 for start, end in pieces)


def _may_be_nouns(text: str, role: Hit, pieces: Sequence[Span], of_place: bool, language: Language) -> bool:
    """Whether words behind an office may tell of what it is: "رئيس مركز البحوث", "מנהל מפעל גדול".

    In Arabic and Hebrew the article tells: a name follows "the minister", or an office with its place.
    """
    article = _ARTICLES.get(language.code)
    if article is None:
        return False
    definite = text[role.start : role.end].rpartition(" ")[2].startswith(article) or text.startswith(article, role.start)
    words = [text[slice(*piece)] for piece in pieces]
    common = any(word.startswith("ال") for word in words) or all(word.endswith("ا") for word in words)  # "عددا كبيرا"
    return common or not (definite or of_place)


def _is_glued(word: str, prefix: str) -> bool:
    """Whether a word begins with a small word of the language, and is long enough for it (`لونغ` is a Long)."""
    return word.startswith(prefix) and len(word) > len(prefix) + _SHORT


@lru_cache(maxsize=1 << 13)
def _is_known(word: str, language: Language) -> bool:
    """Whether a word, without a prefix of the language, is one that its file lists."""
    words, stems = language.common_words
    forms = [word, *(word[len(prefix) :] for prefix in language.prefixes if prefix and word.startswith(prefix))]
    return any(form in words or any(form[:length] in stems for length in range(2, len(form) + 1)) for form in forms)
