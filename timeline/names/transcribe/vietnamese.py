"""Vietnamese names in Cyrillic and in Hebrew: which syllables there are, and how each is written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, product

from timeline.names.transcribe.spelling import LIMIT, Option, cheapest, name_key, table, unique, unless_short, word_of

Shape = Sequence[tuple[str, int, str]]  # for each part of a name: what stands before it, its syllables, its numeral

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
    thu thuan thuong thuy tien tin tinh toan ton tra trac tran tri trinh trong trung truong tu tuan tue tung tuoc tuong tuyen uyen
    van viet vinh vo vu vuong xuan y yen
"""
NAME_SYLLABLES = frozenset(_NAMES_OF_PEOPLE.split())

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

_RUSSIAN_INITIALS = table(
    {
        "": "-", "b": "б", "c": "к", "ch": "ть ч", "d": "з д", "đ": "д", "g": "г", "gh": "г", "gi": "зь ж дж ?ги",
        "h": "х", "k": "к", "kh": "кх", "l": "л", "m": "м", "n": "н", "ng": "нг", "ngh": "нг", "nh": "нь ?нх",
        "p": "п", "ph": "ф", "qu": "ку", "r": "р ?з ?ж", "s": "ш с", "t": "т", "th": "тх ?т", "tr": "ч тр",
        "v": "в", "x": "с",
    }
)  # fmt: skip
_RUSSIAN_NUCLEI = table(
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
_RUSSIAN_FINALS = table({"": "-", "c": "к", "ch": "ть ?к ?ч", "k": "к", "m": "м", "n": "н", "ng": "нг", "nh": "нь ?н", "p": "п", "t": "т"})
_SOFTENED = {"а": "я", "у": "ю", "о": "ё", "э": "е"}

_HEBREW_INITIALS = table(
    {
        "": "-", "b": "ב", "c": "ק", "ch": "צ'", "d": "ד ?ז", "đ": "ד", "g": "ג", "gh": "ג", "gi": "גי ג'י ?ג' ?ז",
        "h": "ה", "k": "ק", "kh": "ק ח ?קה", "l": "ל", "m": "מ", "n": "נ", "ng": "נג", "ngh": "נג", "nh": "נ ני נה",
        "p": "פ", "ph": "פ", "qu": "קו קוו", "r": "ר", "s": "ס ?ש", "t": "ט", "th": "ט ת", "tr": "טר צ'", "v": "ו וו",
        "x": "ס קס ש",
    }
)  # fmt: skip
_HEBREW_NUCLEI = table(
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
_HEBREW_FINALS = table(
    {"": "-", "c": "ק", "ch": "ץ' ק ?ך", "k": "ק", "m": "ם", "n": "ן", "ng": "נג", "nh": "ן נה ?ן'", "p": "פ", "t": "ט ?ת"}
)

# Spellings that no rule makes.
_TRADITION = {
    "hồ chí minh": ("Хошимин", "Хо Ши Мин"),
    "hải phòng": ("Хайфон",),
    "buôn ma thuột": ("Буонметхуот",),
    "huế": ("Хюэ", "Хуэ"),
    "sa pa": ("Сапа",),
}


@lru_cache(maxsize=32768)
def is_vietnamese_syllable(syllable: str) -> bool:
    """Whether this can be a Vietnamese syllable, written with all its marks, some or none (`Thưởng`, `Thuong`)."""
    return _parse_syllable(syllable) is not None


def without_tones(name: str) -> str:
    """`Nguyễn` → Nguyên: the marks of tone left out, those of the vowels kept."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).translate(_TONES))


def cyrillic_vietnamese(name: str) -> tuple[str, ...]:
    """Russian spellings: `Cao Bằng` → Каобанг, Као Банг."""
    return _vietnamese(name, _russian_syllable, _TRADITION, joined_first=True)


@cache
def cyrillic_syllables() -> dict[str, str]:
    """Every Vietnamese syllable in Russian or Ukrainian transcription, in small letters → its plain Latin form, the likeliest in a name."""
    found: dict[str, str] = {}
    ukrainian: dict[str, str] = {}
    for initial in _INITIALS:
        for rime in _RIMES.split():
            if _fits(initial, rime):
                syllable = _spell(initial, rime)
                plain = syllable.translate(_PLAIN)
                for written in cyrillic_vietnamese(syllable):
                    _keep_likelier(found, written.lower(), plain)
                    _keep_likelier(ukrainian, _ukrainian_vowels(written).lower(), plain)
    return ukrainian | found


def _keep_likelier(found: dict[str, str], written: str, plain: str) -> None:
    kept = found.get(written)
    if kept is None or (plain in NAME_SYLLABLES and kept not in NAME_SYLLABLES):
        found[written] = plain


def ukrainian_vietnamese(name: str) -> tuple[str, ...]:
    """Ukrainian spellings: `Quảng Ninh` → Куангнінь, Куанг Нінь."""
    return unique(map(_ukrainian_vowels, cyrillic_vietnamese(name)))


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
    choices = cheapest([spell(*syllable) for syllable in syllables])
    spaced = [_write(shape, choice, " ") for choice in choices]
    joined = [_write(shape, choice, "") for choice in choices]
    known = tradition.get(name_key(name), ())
    room = LIMIT - len(known)
    longest = max(count for _, count, _ in shape)
    if longest == 2 and joined_first:
        ranked = list(chain.from_iterable(zip(joined, spaced, strict=True)))[:room]
    else:  # long names and Hebrew ones are seldom joined: keep a place for the likeliest
        kept = joined[:2] if longest == 2 else joined[:1] if longest == 3 and joined_first else []
        ranked = spaced[: room - len(kept)] + kept
    return unique([*known, *unless_short(ranked)])


def _parse_name(name: str) -> tuple[Shape, list[tuple[str, str]]] | None:
    """The syllables of a name and how they are grouped: by dashes, with a numeral at the end of a group (`Bắc Luân II`)."""
    shape: list[tuple[str, int, str]] = []
    syllables: list[tuple[str, str]] = []
    for part in re.split(r"(?<!\s)\s*[-‐‑–—]\s*", name.strip()):
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
        words = [word_of("".join(group))] if between == "" else [word_of(spelling) for spelling in group]
        written.append(before + between.join(words) + numeral)
    return "".join(written)


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
