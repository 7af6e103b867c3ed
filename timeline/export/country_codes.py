"""Countries as event data name them: by CLDR, from the two letters of ISO 3166-1."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

# Codes that were another country's once (ISO 3166-3) stand beside today's in CLDR.
_FORMER = frozenset(("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"))


def alpha_3(code: str) -> str:
    """`VN` → `VNM`; "" for no country."""
    return _codes().get(code, "")


@cache
def english_name(code: str) -> str:
    """`VN` → `Vietnam`; the code itself for no country."""
    return str(Locale("en").territories.get(code, code))


@cache
def _codes() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    letters = {code: found for code, found in aliases.items() if len(code) == 3 and code.isalpha() and code not in _FORMER}
    return {found[0]: code for code, found in sorted(letters.items()) if len(found) == 1}
