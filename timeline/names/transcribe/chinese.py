"""Chinese names, told in pinyin, in Cyrillic, Czech, Polish and Hebrew: which syllables there are, and how each is written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from timeline.names.transcribe.spelling import LIMIT, Option, Table, cheapest, name_key, table, unique, unless_short, word_of

# Spellings that no rule makes.
_RUSSIAN_TRADITION = {"nanjing": ("Нанкин",), "beijing": ("Пекин",)}
_CZECH_TRADITION = {"beijing": ("Peking",), "nanjing": ("Nanking",), "shanghai": ("Šanghaj",), "guangzhou": ("Kanton",)}
_HUNGARIAN_TRADITION = {"beijing": ("Peking",), "nanjing": ("Nanking",), "shanghai": ("Sanghaj",), "guangzhou": ("Kanton",)}
_POLISH_TRADITION = {"beijing": ("Pekin",), "nanjing": ("Nankin",), "guangzhou": ("Kanton",)}

# Which finals follow which initial in pinyin; after y and w, and without an initial, the syllable is one piece.
_PINYIN_FINALS = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ü üe",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u ua uo ui uan un",
    "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "": "a ai an ang ao e ei en er o ou ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun "
    "wa wai wan wang wei wen weng wo wu shaan",  # Shaanxi, spelt so to tell it from Shanxi
}


def _pinyin_parts() -> dict[str, tuple[str, str]]:
    """Each syllable as people type it → initial and final; `ɨ` is the vowel of zhi and si, `ü` that of ju."""
    parts: dict[str, tuple[str, str]] = {}
    for initial, finals in _PINYIN_FINALS.items():
        for final in finals.split():
            sound = final
            if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
                sound = "ɨ"
            elif initial in ("j", "q", "x") and final.startswith("u"):
                sound = "ü" + final[1:]
            for written in {final, final.replace("ü", "v"), final.replace("üe", "ue")}:
                parts[initial + written] = (initial, sound)
    return parts


_PINYIN = _pinyin_parts()
ALL_PINYIN = tuple(_PINYIN)
_PINYIN_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
_LONGEST_PINYIN = max(map(len, _PINYIN))

_PALLADIUS_INITIALS = table(
    {
        "": "-", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
        "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с",
    }
)  # fmt: skip
_PALLADIUS_FINALS = table(
    {
        "a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э е", "ei": "эй ей", "en": "энь ень", "eng": "эн ен",
        "er": "эр", "i": "и", "ia": "я", "ian": "янь", "iang": "ян", "iao": "яо", "ie": "е", "in": "инь", "ing": "ин",
        "iong": "юн", "iu": "ю", "ɨ": "ы", "o": "о", "ong": "ун", "ou": "оу", "u": "у", "ua": "уа", "uai": "уай",
        "uan": "уань", "uang": "уан", "ui": "уй", "hui": "уэй ой", "un": "унь", "uo": "о", "ü": "юй", "üe": "юэ", "üan": "юань",
        "ün": "юнь", "zhɨ": "и", "chɨ": "и", "shɨ": "и", "rɨ": "и", "shaan": "шэнь",
        "ya": "я", "yan": "янь", "yang": "ян", "yao": "яо", "ye": "е", "yi": "и", "yin": "инь", "ying": "ин", "yo": "йо",
        "yong": "юн", "you": "ю", "yu": "юй", "yuan": "юань", "yue": "юэ", "yun": "юнь", "wa": "ва", "wai": "вай",
        "wan": "вань", "wang": "ван", "wei": "вэй вей", "wen": "вэнь вень", "weng": "вэн", "wo": "во", "wu": "у",
    }
)  # fmt: skip
_CZECH_INITIALS = table(
    {
        "": "-", "b": "p", "p": "pch", "m": "m", "f": "f", "d": "t", "t": "tch", "n": "n", "l": "l", "g": "k", "k": "kch",
        "h": "ch", "j": "ť", "q": "čch", "x": "s", "zh": "č", "ch": "čch", "sh": "š", "r": "ž", "z": "c", "c": "cch", "s": "s",
    }
)  # fmt: skip
_CZECH_FINALS = table(
    {
        "a": "a", "ai": "aj", "an": "an", "ang": "ang", "ao": "ao", "e": "e", "ei": "ej", "en": "en", "eng": "eng", "er": "er",
        "i": "i", "ia": "ia", "ian": "ien", "iang": "iang", "iao": "iao", "ie": "ie", "in": "in", "ing": "ing", "iong": "iung",
        "iu": "iou", "ɨ": "' -", "o": "o", "ong": "ung", "ou": "ou", "u": "u", "ua": "ua", "uai": "uaj", "uan": "uan",
        "uang": "uang", "ui": "uej", "un": "un", "uo": "uo", "ü": "ü", "üe": "üe", "üan": "üan", "ün": "ün", "shaan": "šen",
        "ya": "ja", "yan": "jen", "yang": "jang", "yao": "jao", "ye": "jie", "yi": "i", "yin": "jin", "ying": "jing", "yo": "jo",
        "yong": "jung", "you": "jou", "yu": "jü", "yuan": "jüan", "yue": "jüe", "yun": "jün", "wa": "wa", "wai": "waj",
        "wan": "wan", "wang": "wang", "wei": "wej", "wen": "wen", "weng": "weng", "wo": "wo", "wu": "wu",
    }
)  # fmt: skip
_POLISH_INITIALS = table(
    {
        "": "-", "b": "p", "p": "p p'", "m": "m", "f": "f", "d": "t", "t": "t t'", "n": "n", "l": "l", "g": "k", "k": "k k'",
        "h": "h", "j": "c", "q": "c c'", "x": "s", "zh": "cz", "ch": "cz cz'", "sh": "sz", "r": "ż", "z": "c", "c": "c c'", "s": "s",
    }
)  # fmt: skip
_POLISH_FINALS = table(
    {
        "a": "a", "ai": "aj", "an": "an", "ang": "ang", "ao": "ao", "e": "e", "ei": "ej", "en": "en", "eng": "eng", "er": "er",
        "i": "i", "ia": "ia", "ian": "ien", "iang": "iang", "iao": "iao", "ie": "ie", "in": "in", "ing": "ing", "iong": "iung",
        "iu": "iou iu", "ɨ": "y", "o": "o", "ong": "ung", "ou": "ou", "u": "u", "ua": "ua", "uai": "uaj", "uan": "uan",
        "uang": "uang", "ui": "uej ui", "un": "un", "uo": "uo o", "ü": "ü", "üe": "üe", "üan": "üan", "ün": "ün",
        "shaan": "szen", "ya": "ja", "yan": "jen", "yang": "jang", "yao": "jao", "ye": "je", "yi": "i", "yin": "in jin",
        "ying": "ing jing", "yo": "jo", "yong": "jung", "you": "jou", "yu": "jü", "yuan": "jüan", "yue": "jüe", "yun": "jun jün",
        "wa": "wa", "wai": "waj", "wan": "wan", "wang": "wang", "wei": "wej", "wen": "wen", "weng": "weng", "wo": "wo", "wu": "wu",
    }
)  # fmt: skip
_HUNGARIAN_INITIALS = table(
    {
        "": "-", "b": "p", "p": "p", "m": "m", "f": "f", "d": "t", "t": "t", "n": "n", "l": "l", "g": "k", "k": "k", "h": "h",
        "j": "cs", "q": "cs", "x": "hsz", "zh": "cs", "ch": "cs", "sh": "s", "r": "zs", "z": "c", "c": "c", "s": "sz",
    }
)  # fmt: skip
_HUNGARIAN_FINALS = table(
    {
        "a": "a", "ai": "aj", "an": "an", "ang": "ang", "ao": "ao", "e": "ö", "ei": "ej", "en": "en", "eng": "eng", "er": "er",
        "i": "i", "ia": "ia", "ian": "ien", "iang": "iang", "iao": "iao", "ie": "ie", "in": "in", "ing": "ing", "iong": "iung",
        "iu": "iu", "ɨ": "e", "o": "o", "ong": "ung", "ou": "ou", "u": "u", "ua": "ua", "uai": "uaj", "uan": "uan",
        "uang": "uang", "ui": "uj", "un": "un", "uo": "uo o", "ü": "ü", "üe": "üe", "üan": "üan", "ün": "ün", "shaan": "san",
        "ya": "ja", "yan": "jen", "yang": "jang", "yao": "jao", "ye": "je", "yi": "ji", "yin": "jin", "ying": "jing", "yo": "jo",
        "yong": "jung", "you": "ju", "yu": "jü", "yuan": "jüan", "yue": "jüe", "yun": "jün", "wa": "va", "wai": "vaj",
        "wan": "van", "wang": "vang", "wei": "vej", "wen": "ven", "weng": "veng", "wo": "vo", "wu": "vu",
    }
)  # fmt: skip
_HEBREW_PINYIN_INITIALS = table(
    {
        "": "-", "b": "ב", "p": "פ", "m": "מ", "f": "פ", "d": "ד", "t": "ט", "n": "נ", "l": "ל", "g": "ג ?ק", "k": "ק",
        "h": "ח ה", "j": "ג'", "q": "צ'", "x": "ש ס", "zh": "ג' ?ז'", "ch": "צ'", "sh": "ש", "r": "ר ?ז'", "z": "ז דז ?צ",
        "c": "צ", "s": "ס",
    }
)  # fmt: skip
_HEBREW_PINYIN_FINALS = table(
    {
        "a": "א", "a.": "א ה", "ai": "אי", "an": "אן ?ן", "ang": "אנג נג", "ao": "או", "e": "- א", "e.": "ה", "ei": "יי",
        "en": "ן אן", "eng": "נג אנג", "er": "אר", "i": "י", "ia": "יא", "ia.": "יה יא", "ian": "יאן יין", "iang": "יאנג",
        "iao": "יאו", "ie": "יה", "in": "ין", "ing": "ינג", "iong": "יונג", "iu": "יו", "ɨ": "י ?-", "o": "ו", "ong": "ונג",
        "ou": "ואו", "zhou": "ואו ו", "u": "ו", "ua": "ואה", "uai": "ואי", "uan": "ואן", "uang": "ואנג", "ui": "וי ווי ואי",
        "hui": "ווי וי", "un": "ון", "uo": "ואו ו", "ü": "ו", "üe": "ואה", "üan": "ואן", "ün": "ון", "shaan": "שאאן שאן", "sɨ": "י -",
        "ya": "יא", "yan": "יאן", "yang": "יאנג", "yao": "יאו", "ye": "יה", "yi": "יי אי", "yin": "ין", "ying": "ינג",
        "yo": "יו", "yong": "יונג", "you": "יו יואו", "yu": "יו", "yuan": "יואן", "yue": "יואה", "yun": "יון", "wa": "וא וואה",
        "wai": "ואי", "wan": "ואן", "wang": "ואנג וואנג", "wei": "ויי וויי", "wen": "ון וון", "weng": "ונג", "wo": "וו",
        "wu": "וו",
    }
)  # fmt: skip
# Without an initial a Hebrew vowel is carried by א.
_HEBREW_BARE = table(
    {"a": "א", "ai": "איי אי", "ang": "אנג", "an": "אן", "ao": "או", "e": "א", "ei": "איי", "en": "אן", "er": "אר", "o": "או", "ou": "או"}
)


def pinyin_syllables(word: str) -> tuple[str, ...] | None:
    """The syllables of a word in pinyin (`Longbang` → long, bang), None if it is not one.

    A syllable that begins with a vowel is parted from the one before by an apostrophe (`Xi'an`), so that without
    one `Yanan` is ya + nan; where no other reading is left (`Tiananmen`), a missing apostrophe is forgiven.
    """
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_PINYIN_TONES))
    syllables: list[str] = []
    for part in re.split(r"['’ʼ`‘-]", letters):
        found = _segment(part)
        if found is None:
            return None
        syllables += found
    return tuple(syllables)


def _segment(letters: str) -> tuple[str, ...] | None:
    """The reading with the fewest forgiven apostrophes, then the fewest syllables."""
    best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_PINYIN), end):
            before, syllable = best[start], letters[start:end]
            if before is None or syllable not in _PINYIN:
                continue
            reading = (before[0] + (start > 0 and syllable[0] in "aeo"), before[1] + 1, (*before[2], syllable))
            current = best[end]
            if current is None or reading[:2] < current[:2]:
                best[end] = reading
    last = best[-1]
    return last[2] if last and letters else None


def palladius(pinyin: str) -> tuple[str, ...]:
    """Russian spellings: `Guangxi` → Гуанси."""
    return _chinese(pinyin, _PALLADIUS_INITIALS, _PALLADIUS_FINALS, (_link_russian, _apart), _RUSSIAN_TRADITION)


def ukrainian_pinyin(pinyin: str) -> tuple[str, ...]:
    """Ukrainian spellings: `Guangxi` → Гуансі."""
    return unique(re.sub("(?<![чжшЧЖШ])и", "і", name).replace("И", "І").translate(_UKRAINIAN_PINYIN) for name in palladius(pinyin))


_UKRAINIAN_PINYIN = str.maketrans("ыэЭъ", "иеЕ'")


def pinyin_parts(syllable: str) -> tuple[str, str] | None:
    """Initial and final of a syllable of pinyin (`ɨ` is the vowel of zhi and si, `ü` that of ju); None for what is none."""
    return _PINYIN.get(syllable)


def czech(pinyin: str) -> tuple[str, ...]:
    """Czech spellings: `Yunnan` → Jün-nan."""
    return _chinese(pinyin, _CZECH_INITIALS, _CZECH_FINALS, ("-".join, "".join), _CZECH_TRADITION)


def polish(pinyin: str) -> tuple[str, ...]:
    """Polish spellings of before pinyin: `Guangxi` → Kuangsi."""
    return _chinese(pinyin, _POLISH_INITIALS, _POLISH_FINALS, ("".join, "-".join), _POLISH_TRADITION)


def hungarian(pinyin: str) -> tuple[str, ...]:
    """Hungarian spellings: `Guangxi` → Kuanghszi."""
    return _chinese(pinyin, _HUNGARIAN_INITIALS, _HUNGARIAN_FINALS, ("-".join, "".join), _HUNGARIAN_TRADITION)


def hebrew_pinyin(name: str) -> tuple[str, ...]:
    """Hebrew spellings: `Guangxi` → גואנגשי, גואנגסי."""
    return _chinese(name, _HEBREW_PINYIN_INITIALS, _HEBREW_PINYIN_FINALS, (_link_hebrew, _apart), {}, bare=_HEBREW_BARE)


def _chinese(
    name: str,
    initials: Table,
    finals: Table,
    links: tuple[Callable[[Sequence[str]], str], ...],
    tradition: Mapping[str, tuple[str, ...]],
    bare: Table | None = None,
) -> tuple[str, ...]:
    """Spell a name word by word; all choices in the first way of linking syllables, then the best in the others."""
    words = [pinyin_syllables(word) for word in name.split()]
    syllables = [word for word in words if word]
    if not syllables or len(syllables) < len(words):
        return ()
    slots = [_spell_pinyin(s, k == len(word) - 1, initials, finals, bare or {}) for word in syllables for k, s in enumerate(word)]
    shape = [len(word) for word in syllables]
    choices = cheapest(slots)
    others = [_link_words(shape, choices[0], link) for link in links[1:]] if max(shape) > 1 else []
    known = tradition.get(name_key(name), ())
    usual = [_link_words(shape, choice, links[0]) for choice in choices]
    return unique([*known, *unless_short(usual[: LIMIT - len(known) - len(others)]), *others])


def _spell_pinyin(syllable: str, last: bool, initials: Table, finals: Table, bare: Table) -> Iterable[Option]:
    initial, final = _PINYIN[syllable]
    if not initial and final in bare:
        return bare[final]
    vowels = finals.get(initial + final) or (finals.get(final + ".") if last else None) or finals[final]
    return [(head + vowel, a + b) for (head, a), (vowel, b) in product(initials[initial], vowels)]


def _link_words(shape: Sequence[int], spellings: Sequence[str], link: Callable[[Sequence[str]], str]) -> str:
    words: list[str] = []
    done = 0
    for count in shape:
        words.append(link(spellings[done : done + count]))
        done += count
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _link_russian(syllables: Sequence[str]) -> str:
    """A hard sign parts a final ng from a vowel: Чанъань."""
    word = syllables[0]
    for syllable in syllables[1:]:
        word += ("ъ" if word.endswith("н") and syllable[0] in "аэоуияюе" else "") + syllable
    return word


def _link_hebrew(syllables: Sequence[str]) -> str:
    """Two n are written once: יונאן."""
    return word_of("".join(syllables)).replace("ננ", "נ")


def _apart(syllables: Sequence[str]) -> str:
    return " ".join(map(word_of, syllables))
