"""Vietnamese and Chinese names in other scripts: the spellings that a rule makes, so that no table need list them.

Every function takes a canonical name (`Cao Bằng`, `Ngô Lê Văn`; `Longbang`, `Xi Jinping`) and gives at most twelve
spellings, the most usual first; a name that is not made of such syllables gives none. The tables below hold the
choices; `_cheapest` combines them.

A cell of a table lists the spellings of one sound, the usual one first; `?` before one makes it rarer still, and `-`
stands for nothing written. A key may begin with an initial (`huê`) and then goes before the general one (`uê`); in
the Hebrew tables a key that ends in `+` holds before a final consonant, one that ends in `.` at the end of a word.

First choices follow the Vietnamese–Russian practical transcription (ЦНИИГАиК, 1973), Palladius's Chinese–Russian one,
Švarný's Czech one (1951), the Polish way before pinyin, and what Hebrew news and encyclopedias write; later choices
are those of news agencies and machine translations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, product

__all__ = [
    "VIETNAMESE_FAMILY_NAMES",
    "cyrillic_vietnamese",
    "czech",
    "hebrew_pinyin",
    "hebrew_vietnamese",
    "is_vietnamese_syllable",
    "palladius",
    "pinyin_syllables",
    "polish",
    "ukrainian_pinyin",
    "ukrainian_vietnamese",
]

Option = tuple[str, int]  # a spelling and how unusual it is
Table = Mapping[str, tuple[Option, ...]]
Shape = Sequence[tuple[str, int, str]]  # for each part of a name: what stands before it, its syllables, its numeral

_LIMIT = 12
_SHORTEST = (4, 5)  # letters of an unusual spelling that stands alone; Hebrew, without vowels, needs one more


def _table(cells: Mapping[str, str]) -> Table:
    """Read the cells of a table; a spelling costs its place in the cell, and two more if marked rare."""
    return {
        key: tuple((word.lstrip("?").replace("-", ""), place + 2 * word.count("?")) for place, word in enumerate(cell.split()))
        for key, cell in cells.items()
    }


# ---------------------------------------------------------------------------------------------------- Vietnamese

# The most common family names of the Kinh, then those of the Tày, Nùng, Thái, Hmông and Dao of the border provinces.
_FAMILY_NAMES = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Trương Lâm Mai Đào Cao Hà Tạ
    Tô Lương Phùng Lưu Vương Thái Châu Tống Quách Triệu Tăng Thạch Chu Lại Mạc Doãn Kiều Từ Khuất Nghiêm Bạch Tôn Phí
    Giáp Thân Khổng Diệp Cù Tưởng Ninh Lục Văn La Hứa Đồng Đàm
    Nông Bế Vi Hầu Giàng Sùng Thào Vàng Ma Lò Lù Vừ Mùa Quàng Cầm Chẩu Sầm Tòng Lường
"""
VIETNAMESE_FAMILY_NAMES = frozenset(_FAMILY_NAMES.split())

# The syllables that most given and middle names are made of: they decide where a transcription leaves several.
_NAMES_OF_PEOPLE = """
    an anh ba bao bich binh bui canh chau chi chien chinh chung cong cuong dai dan dang danh dao dat diep dinh do doan dong duc
    dung duy duyen gia giang ha hai han hang hanh hao hau hien hieu ho hoa hoai hoan hoang hong hop hue hung huong huu huy huyen
    khac khai khanh khoa khoi kien kieu kim ky lam lan lanh le lien linh loan loc loi long luan luong ly mai manh mau minh my
    nam nga ngan nghia ngo ngoc nguyen nhan nhat nhu nhung ninh oanh pham phan phat phi phong phu phuc phung phuong quan quang
    que quoc quy quyen quyet quynh sang sinh son sy tai tam tan thach thai than thang thanh thao the thi thien thinh tho thong
    thu thuan thuong thuy tien tin tinh toan ton tra tran tri trinh trong trung truong tu tuan tue tung tuoc tuong tuyen uyen
    van viet vinh vo vu vuong xuan y yen
"""
_NAME_SYLLABLES = frozenset(_NAMES_OF_PEOPLE.split())

_INITIALS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    ê êch êm ên ênh êp êt êu e ec em en eng eo ep et
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    y ych ynh yt yêm yên yêng yêt yêu
    ô ôc ôi ôm ôn ông ôp ôt o oc oi om on ong op ot ơ ơi ơm ơn ơp ơt ooc oong
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
    uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
"""
# Official names of provinces and districts that break the spelling rules.
_ODD_SYLLABLES = {
    "kan": ("k", "an"), "kon": ("k", "on"), "đăk": ("đ", "ăk"), "dak": ("đ", "ăk"), "lăk": ("l", "ăk"), "lak": ("l", "ăk"),
}  # fmt: skip
_FINALS = ("ch", "ng", "nh", "c", "k", "m", "n", "p", "t")
_LABIALS = frozenset(("b", "m", "p", "ph", "v"))  # never before a glide: "buy" and "voa" are no syllables
_GLIDES = ("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")
_BEFORE_Y = frozenset(("", "h", "l", "m", "n", "s", "t", "th", "v"))  # Lý, Mỹ, Kỳ

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOPS = ("c", "ch", "k", "p", "t")
_STOP_TONES = ("", "\u0301", "\u0323")  # a syllable that ends in a stop has one of these tones, or they were left out
_PLAIN = str.maketrans("ăâđêôơư", "aadeoou")

_RUSSIAN_INITIALS = _table(
    {
        "": "-", "b": "б", "c": "к", "ch": "ть ч", "d": "з д", "đ": "д", "g": "г", "gh": "г", "gi": "зь ж дж ?ги",
        "h": "х", "k": "к", "kh": "кх", "l": "л", "m": "м", "n": "н", "ng": "нг", "ngh": "нг", "nh": "нь ?нх",
        "p": "п", "ph": "ф", "qu": "ку", "r": "р ?з ?ж", "s": "ш с", "t": "т", "th": "тх ?т", "tr": "ч тр",
        "v": "в", "x": "с",
    }
)  # fmt: skip
_RUSSIAN_NUCLEI = _table(
    {
        "a": "а", "ai": "ай", "ao": "ао", "au": "ау", "ay": "ай", "ă": "а", "â": "а", "âu": "ау", "ây": "эй ай",
        "e": "е", "eo": "ео", "ê": "е", "êu": "еу", "i": "и", "ia": "иа ия", "iu": "иу", "iê": "ье ие", "iêu": "ьеу иеу",
        "o": "о", "oa": "оа", "oai": "оай", "oao": "оао", "oay": "оай", "oă": "оа", "oe": "оэ ое", "oeo": "оэо", "oi": "ой",
        "oo": "о", "ô": "о", "ôi": "ой", "ơ": "о", "ơi": "ой", "u": "у", "ua": "уа", "uâ": "уа", "uây": "уэй уай",
        "uê": "уэ юэ ?уе", "huê": "юэ уэ ?уе", "ui": "уй", "uô": "уо", "uôi": "уой", "uơ": "уо", "uy": "юи уй", "uya": "уя",
        "uyu": "юиу", "uyê": "уе уйе", "ư": "ы у", "ưa": "ыа уа", "ưi": "ый уй", "ưu": "ыу уу", "ươ": "ыо уо",
        "ươi": "ыой уой", "ươu": "ыоу уоу", "y": "и", "yê": "ье", "yêu": "ьеу", "que": "э е", "quê": "э е", "quyê": "е",
    }
)  # fmt: skip
_RUSSIAN_FINALS = _table({"": "-", "c": "к", "ch": "ть ?к ?ч", "k": "к", "m": "м", "n": "н", "ng": "нг", "nh": "нь ?н", "p": "п", "t": "т"})
_SOFTENED = {"а": "я", "у": "ю", "о": "ё", "э": "е"}

_HEBREW_INITIALS = _table(
    {
        "": "-", "b": "ב", "c": "ק", "ch": "צ'", "d": "ד ?ז", "đ": "ד", "g": "ג", "gh": "ג", "gi": "גי ג'י ?ג' ?ז",
        "h": "ה", "k": "ק", "kh": "ק ח ?קה", "l": "ל", "m": "מ", "n": "נ", "ng": "נג", "ngh": "נג", "nh": "נ ני נה",
        "p": "פ", "ph": "פ", "qu": "קו קוו", "r": "ר", "s": "ס ?ש", "t": "ט", "th": "ט ת", "tr": "טר צ'", "v": "ו וו",
        "x": "ס קס ש",
    }
)  # fmt: skip
_HEBREW_NUCLEI = _table(
    {
        "a": "א ה", "a+": "א -", "ai": "אי", "ao": "או", "au": "או", "ay": "אי", "ă+": "א -", "â+": "א -", "âu": "או",
        "ây": "אי", "e": "ה א", "e+": "- א", "eo": "או", "ê": "ה", "ê+": "- א", "êu": "או", "i": "י", "ia": "יה יא",
        "iu": "יו", "iê": "יא יי י", "iêu": "יו יאו", "o": "ו", "oa": "ואה ?וא", "oa+": "וא", "oai": "ואי", "oao": "ואו",
        "oay": "ואי", "oă": "וא", "oe": "ואה", "oe+": "וא ו", "oeo": "ואו", "oi": "וי", "oo": "ו", "ô": "ו", "ôi": "וי",
        "ơ": "ו", "ơi": "וי", "u": "ו", "ua": "ואה", "uâ": "וא", "uây": "ואי", "uê": "ואה ואי", "uê+": "וא", "ui": "וי",
        "uô": "ואו ו", "uôi": "ואי", "uơ": "ואו", "uy": "וי ואי", "uya": "ויה", "uyu": "ויו", "uyê": "וי ויא ויי", "ư": "ו",
        "ưa": "ואה", "ưi": "וי", "ưu": "ו ואו", "ươ": "ואו וא ו", "ươi": "ואי", "ươu": "ואו", "y": "י", "yê": "י יא",
        "yêu": "יו", "qua+": "א", "quă+": "א", "quâ+": "א", "quô+": "או ו", "quyê": "יא יי י",
        "gia+": "א", "giă+": "א", "ha": "א", "va+": "א", "vă+": "א", "vâ+": "א", "viê": "יי יא",
    }
)  # fmt: skip
_HEBREW_FINALS = _table(
    {"": "-", "c": "ק", "ch": "ץ' ק ?ך", "k": "ק", "m": "ם", "n": "ן", "ng": "נג", "nh": "ן נה ?ן'", "p": "פ", "t": "ט ?ת"}
)
_MEDIAL = str.maketrans("ךםןץ", "כמנצ")  # the letters that have a form of their own at the end of a word

# Spellings that no rule makes.
_RUSSIAN_TRADITION = {
    "hồ chí minh": ("Хошимин", "Хо Ши Мин"),
    "hải phòng": ("Хайфон",),
    "buôn ma thuột": ("Буонметхуот",),
    "huế": ("Хюэ", "Хуэ"),
    "sa pa": ("Сапа",),
    "nanjing": ("Нанкин",),
    "beijing": ("Пекин",),
}
_CZECH_TRADITION = {"beijing": ("Peking",), "nanjing": ("Nanking",), "shanghai": ("Šanghaj",), "guangzhou": ("Kanton",)}
_POLISH_TRADITION = {"beijing": ("Pekin",), "nanjing": ("Nankin",), "guangzhou": ("Kanton",)}


@lru_cache(maxsize=32768)
def is_vietnamese_syllable(syllable: str) -> bool:
    """Whether this can be a Vietnamese syllable, written with all its marks, some or none (`Thưởng`, `Thuong`)."""
    return _parse_syllable(syllable) is not None


def cyrillic_vietnamese(name: str) -> tuple[str, ...]:
    """Russian spellings: `Cao Bằng` → Каобанг, Као Банг."""
    return _vietnamese(name, _russian_syllable, _RUSSIAN_TRADITION, joined_first=True)


@cache
def cyrillic_syllables() -> dict[str, str]:
    """Every Vietnamese syllable in Russian transcription, in small letters → its plain Latin form, the likeliest in a name."""
    found: dict[str, str] = {}
    for initial in _INITIALS:
        for rime in _RIMES.split():
            if _fits(initial, rime):
                syllable = _spell(initial, rime)
                plain = syllable.translate(_PLAIN)
                for written in cyrillic_vietnamese(syllable):
                    kept = found.get(written.lower())
                    if kept is None or (plain in _NAME_SYLLABLES and kept not in _NAME_SYLLABLES):
                        found[written.lower()] = plain
    return found


def ukrainian_vietnamese(name: str) -> tuple[str, ...]:
    """Ukrainian spellings: `Quảng Ninh` → Куангнінь, Куанг Нінь."""
    return _unique(map(_ukrainian_vowels, cyrillic_vietnamese(name)))


def hebrew_vietnamese(name: str) -> tuple[str, ...]:
    """Hebrew spellings: `Cao Bằng` → קאו באנג, קאו בנג, קאובאנג."""
    return _vietnamese(name, _hebrew_syllable, {}, joined_first=False)


def _parse_syllable(syllable: str) -> tuple[str, str] | None:
    """Initial and rime with their full marks; where marks are missing, the reading that lacks the fewest."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    letters = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    tones = "".join(char for char in decomposed if ord(char) in _TONES)
    if len(tones) > 1 or (letters.endswith(_STOPS) and tones not in _STOP_TONES):
        return None
    if letters in _ODD_SYLLABLES:
        return _ODD_SYLLABLES[letters]
    plain = letters.translate(_PLAIN)
    best: tuple[str, str] | None = None
    least = len(letters) + 1
    for initial in _INITIALS:
        if not plain.startswith(initial.translate(_PLAIN)):
            continue
        for rime in _rimes_after(initial, plain[len(initial) :]):
            missing = _missing_marks(letters, _spell(initial, rime))
            if missing is not None and missing < least:
                best, least = (initial, rime), missing
    return best


def _rimes_after(initial: str, rest: str) -> list[str]:
    rimes = [rime for rime in _RIMES_BY_PLAIN.get(rest, ()) if _fits(initial, rime)]
    if initial == "gi":
        rimes += [rime for rime in _RIMES_BY_PLAIN.get("i" + rest, ()) if rime not in ("ia", "iu")]
    return rimes


def _spell(initial: str, rime: str) -> str:
    """`gì` and `giêng` write one i for two."""
    return initial + rime.removeprefix("i") if initial == "gi" else initial + rime


def _fits(initial: str, rime: str) -> bool:
    """Whether the spelling rules let this rime follow this initial."""
    first = rime[0]
    if initial == "qu":
        return first not in "ouư"
    if initial in ("c", "g", "ng"):
        return first not in "ieêy"
    if initial in ("gh", "ngh"):
        return first in "ieê"
    if initial == "k":
        return first in "ieê" or rime == "y"
    if initial == "gi":
        return first not in "iyê"
    if first == "y":
        return initial in _BEFORE_Y if rime == "y" else initial == "" and rime.startswith("yê")
    if initial == "":
        return not rime.startswith("iê")
    return initial not in _LABIALS or not rime.startswith(_GLIDES)


def _missing_marks(written: str, full: str) -> int | None:
    """How many letters lack a mark; None if a letter differs."""
    if len(written) != len(full):
        return None
    missing = 0
    for char, target in zip(written, full, strict=True):
        if char != target:
            if char != target.translate(_PLAIN):
                return None
            missing += 1
    return missing


def _by_plain(rimes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rime in rimes:
        found.setdefault(rime.translate(_PLAIN), []).append(rime)
    return found


_RIMES_BY_PLAIN = _by_plain(_RIMES.split())


def _vietnamese(
    name: str, spell: Callable[[str, str], list[Option]], tradition: Mapping[str, tuple[str, ...]], *, joined_first: bool
) -> tuple[str, ...]:
    parsed = _parse_name(name)
    if parsed is None:
        return ()
    shape, syllables = parsed
    choices = _cheapest([spell(*syllable) for syllable in syllables])
    spaced = [_write(shape, choice, " ") for choice in choices]
    joined = [_write(shape, choice, "") for choice in choices]
    known = tradition.get(_key(name), ())
    room = _LIMIT - len(known)
    longest = max(count for _, count, _ in shape)
    if longest == 2 and joined_first:
        ranked = list(chain.from_iterable(zip(joined, spaced, strict=True)))[:room]
    else:  # long names and Hebrew ones are seldom joined: keep a place for the likeliest
        kept = joined[:2] if longest == 2 else joined[:1] if longest == 3 and joined_first else []
        ranked = spaced[: room - len(kept)] + kept
    return _unique([*known, *_unless_short(ranked)])


def _parse_name(name: str) -> tuple[Shape, list[tuple[str, str]]] | None:
    """The syllables of a name and how they are grouped: by dashes, with a numeral at the end of a group (`Bắc Luân II`)."""
    shape: list[tuple[str, int, str]] = []
    syllables: list[tuple[str, str]] = []
    for part in re.split(r"\s*[-‐‑–—]\s*", name.strip()):
        words = part.split()
        numeral = " " + words.pop() if len(words) > 1 and re.fullmatch(r"\d+|I{1,3}|IV", words[-1]) else ""
        for word in words:
            parsed = _parse_syllable(word)
            if parsed is None:
                return None
            syllables.append(parsed)
        if not words:
            return None
        shape.append(("-" if shape else "", len(words), numeral))
    return shape, syllables


def _write(shape: Shape, spellings: Sequence[str], between: str) -> str:
    written: list[str] = []
    done = 0
    for before, count, numeral in shape:
        group = spellings[done : done + count]
        done += count
        words = [_word("".join(group))] if between == "" else [_word(spelling) for spelling in group]
        written.append(before + between.join(words) + numeral)
    return "".join(written)


def _word(letters: str) -> str:
    """A word as its script writes it: a capital first; in Hebrew, final letters nowhere but at the end."""
    tail = 2 if letters.endswith("'") else 1
    return letters[:-tail].translate(_MEDIAL).capitalize() + letters[-tail:] if len(letters) > tail else letters.capitalize()


def _cut(rime: str) -> tuple[str, str]:
    """Nucleus and final consonant."""
    final = next((final for final in _FINALS if rime.endswith(final)), "")
    return rime[: len(rime) - len(final)], final


def _russian_syllable(initial: str, rime: str) -> list[Option]:
    nucleus, final = _cut(rime)
    vowels = _RUSSIAN_NUCLEI.get(initial + nucleus) or _RUSSIAN_NUCLEI[nucleus]
    spellings: list[Option] = []
    for (head, a), (vowel, b), (tail, c) in product(_RUSSIAN_INITIALS[initial], vowels, _RUSSIAN_FINALS[final]):
        spellings += [(body + tail, a + b + c + place) for place, body in enumerate(_russian_vowel(head, vowel))]
    return spellings


def _russian_vowel(head: str, vowel: str) -> tuple[str, ...]:
    """An initial and a vowel; after a soft initial (`ть`) the vowel shows the softness, and the sign goes."""
    if head == "":
        return ({"е": "э", "ь": "й"}.get(vowel[0], vowel[0]) + vowel[1:],)
    if not head.endswith("ь"):
        return (head + vowel,)
    hard, first = head[:-1], vowel[0]
    if first == "о":
        return (hard + "ё" + vowel[1:], head + vowel)
    if first in _SOFTENED:
        return (hard + _SOFTENED[first] + vowel[1:],)
    return (head + vowel,) if first == "ы" or (first == "и" and hard == "н") else (hard + vowel,)


def _hebrew_syllable(initial: str, rime: str) -> list[Option]:
    nucleus, final = _cut(rime)
    closed = "+" if final else ""
    keys = (initial + nucleus + closed, initial + nucleus, nucleus + closed, nucleus)
    vowels = next(_HEBREW_NUCLEI[key] for key in keys if key in _HEBREW_NUCLEI)
    return [
        (_hebrew_vowel(head, vowel, nucleus) + tail, a + b + c)
        for (head, a), (vowel, b), (tail, c) in product(_HEBREW_INITIALS[initial], vowels, _HEBREW_FINALS[final])
    ]


def _hebrew_vowel(head: str, vowel: str, nucleus: str) -> str:
    if head == "" and not vowel.startswith("א") and not nucleus.startswith("yê"):
        return "א" + vowel  # a vowel needs a letter to carry it
    return (head + vowel).replace("ווו", "וו")


def _ukrainian_vowels(spelling: str) -> str:
    """Ukrainian letters for Russian ones; е after a vowel, ь or й is є."""
    spelling = re.sub("(?<=[БбПпВвМмФф])ье", "'є", spelling).replace("Йе", "Є").replace("йе", "є")
    return re.sub("(?<=[ьаоуи])е", "є", spelling).replace("ё", "ьо").translate(_UKRAINIAN)


_UKRAINIAN = str.maketrans("иИыЫэЭ", "іІиИеЕ")

# ------------------------------------------------------------------------------------------------------- Chinese

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
_PINYIN_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
_LONGEST_PINYIN = max(map(len, _PINYIN))

_PALLADIUS_INITIALS = _table(
    {
        "": "-", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
        "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с",
    }
)  # fmt: skip
_PALLADIUS_FINALS = _table(
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
_CZECH_INITIALS = _table(
    {
        "": "-", "b": "p", "p": "pch", "m": "m", "f": "f", "d": "t", "t": "tch", "n": "n", "l": "l", "g": "k", "k": "kch",
        "h": "ch", "j": "ť", "q": "čch", "x": "s", "zh": "č", "ch": "čch", "sh": "š", "r": "ž", "z": "c", "c": "cch", "s": "s",
    }
)  # fmt: skip
_CZECH_FINALS = _table(
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
_POLISH_INITIALS = _table(
    {
        "": "-", "b": "p", "p": "p p'", "m": "m", "f": "f", "d": "t", "t": "t t'", "n": "n", "l": "l", "g": "k", "k": "k k'",
        "h": "h", "j": "c", "q": "c c'", "x": "s", "zh": "cz", "ch": "cz cz'", "sh": "sz", "r": "ż", "z": "c", "c": "c c'", "s": "s",
    }
)  # fmt: skip
_POLISH_FINALS = _table(
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
_HEBREW_PINYIN_INITIALS = _table(
    {
        "": "-", "b": "ב", "p": "פ", "m": "מ", "f": "פ", "d": "ד", "t": "ט", "n": "נ", "l": "ל", "g": "ג ?ק", "k": "ק",
        "h": "ח ה", "j": "ג'", "q": "צ'", "x": "ש ס", "zh": "ג' ?ז'", "ch": "צ'", "sh": "ש", "r": "ר ?ז'", "z": "ז דז ?צ",
        "c": "צ", "s": "ס",
    }
)  # fmt: skip
_HEBREW_PINYIN_FINALS = _table(
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
_HEBREW_BARE = _table(
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
    return _unique(re.sub("(?<![чжшЧЖШ])и", "і", name).replace("И", "І").translate(_UKRAINIAN_PINYIN) for name in palladius(pinyin))


_UKRAINIAN_PINYIN = str.maketrans("ыэЭъ", "иеЕ'")


def czech(pinyin: str) -> tuple[str, ...]:
    """Czech spellings: `Yunnan` → Jün-nan."""
    return _chinese(pinyin, _CZECH_INITIALS, _CZECH_FINALS, ("-".join, "".join), _CZECH_TRADITION)


def polish(pinyin: str) -> tuple[str, ...]:
    """Polish spellings of before pinyin: `Guangxi` → Kuangsi."""
    return _chinese(pinyin, _POLISH_INITIALS, _POLISH_FINALS, ("".join, "-".join), _POLISH_TRADITION)


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
    choices = _cheapest(slots)
    others = [_link_words(shape, choices[0], link) for link in links[1:]] if max(shape) > 1 else []
    known = tradition.get(_key(name), ())
    usual = [_link_words(shape, choice, links[0]) for choice in choices]
    return _unique([*known, *_unless_short(usual[: _LIMIT - len(known) - len(others)]), *others])


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
    return _word("".join(syllables)).replace("ננ", "נ")


def _apart(syllables: Sequence[str]) -> str:
    return " ".join(map(_word, syllables))


# -------------------------------------------------------------------------------------------------------- common


def _cheapest(slots: Iterable[Iterable[Option]]) -> list[tuple[str, ...]]:
    """The combinations of one spelling a slot with the least cost, cheapest first, in the order of the tables."""
    beam: list[tuple[tuple[str, ...], int]] = [((), 0)]
    for slot in slots:
        cheapest: dict[str, int] = {}
        for spelling, cost in slot:
            cheapest[spelling] = min(cost, cheapest.get(spelling, cost))
        beam = [((*done, spelling), cost + more) for done, cost in beam for spelling, more in cheapest.items()]
        beam.sort(key=lambda item: item[1])  # stable: equal costs stay in the order of the tables
        del beam[_LIMIT:]
    return [spellings for spellings, _ in beam]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().strip()


def _unless_short(spellings: Sequence[str]) -> list[str]:
    """All but the unusual spellings of one short word, which are mostly other words (הקו is "the line", вин "of wines")."""
    return [s for k, s in enumerate(spellings) if k == 0 or " " in s or sum(map(str.isalpha, s)) >= _SHORTEST[s[0] > "\u0590"]]


def _unique(spellings: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for spelling in spellings:
        first.setdefault(spelling.casefold(), spelling)
    return tuple(first.values())
