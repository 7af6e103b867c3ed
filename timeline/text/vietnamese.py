"""Vietnamese as it is written: whether its marks can be relied on, and one spelling for those who set them differently."""

from __future__ import annotations

import re
import unicodedata

_VIETNAMESE = re.compile("[ăắằẳẵặâấầẩẫậđêếềểễệốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉĩọỏụủũỵỷỹ]", re.IGNORECASE)
# Where the tone mark stands is a matter of taste in Vietnamese (hoà, hòa; thuỷ, thủy): one spelling for both.
_TONES = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)
_TONE_PATTERN = re.compile("|".join(_TONES))


def has_vietnamese_marks(text: str) -> bool:
    """Whether `text` is written with Vietnamese diacritics, so that they can be relied on."""
    return _VIETNAMESE.search(text) is not None


def surface(text: str) -> str:
    """A phrase as it is written, but for case, blanks and the place of the tone mark: `Hoà Bình` → `hòa bình`."""
    return _TONE_PATTERN.sub(lambda match: _TONES[match.group()], " ".join(unicodedata.normalize("NFC", text).lower().split()))
