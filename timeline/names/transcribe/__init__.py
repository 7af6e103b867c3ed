"""Vietnamese and Chinese names in other scripts: the spellings that a rule makes, so that no table need list them.

Every function takes a canonical name (`Cao Bằng`, `Ngô Lê Văn`; `Longbang`, `Xi Jinping`) and gives at most twelve
spellings, the most usual first; a name that is not made of such syllables gives none.

First choices follow the Vietnamese–Russian practical transcription (ЦНИИГАиК, 1973), Palladius's Chinese–Russian one,
Švarný's Czech one (1951), the Hungarian one of the Academy's rules (1984), the Polish way before pinyin, and what Hebrew news
and encyclopedias write; later choices are those of news agencies and machine translations.
"""

from timeline.names.transcribe.chinese import (
    ALL_PINYIN,
    czech,
    hebrew_pinyin,
    hungarian,
    palladius,
    pinyin_syllables,
    polish,
    ukrainian_pinyin,
)
from timeline.names.transcribe.japanese import katakana_vietnamese
from timeline.names.transcribe.korean import hangul_pinyin
from timeline.names.transcribe.vietnamese import (
    NAME_SYLLABLES,
    VIETNAMESE_FAMILY_NAMES,
    cyrillic_syllables,
    cyrillic_vietnamese,
    hebrew_vietnamese,
    is_vietnamese_syllable,
    ukrainian_vietnamese,
    without_tones,
)

__all__ = [
    "ALL_PINYIN",
    "NAME_SYLLABLES",
    "VIETNAMESE_FAMILY_NAMES",
    "cyrillic_syllables",
    "cyrillic_vietnamese",
    "czech",
    "hangul_pinyin",
    "hebrew_pinyin",
    "hebrew_vietnamese",
    "hungarian",
    "is_vietnamese_syllable",
    "katakana_vietnamese",
    "palladius",
    "pinyin_syllables",
    "polish",
    "ukrainian_pinyin",
    "ukrainian_vietnamese",
    "without_tones",
]
