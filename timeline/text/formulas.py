"""What a spreadsheet may take for the beginning of a formula, a command or a link to another program.

In ASCII, full width and small forms (OWASP ASVS 5.0, 1.2.10); blanks and invisible characters before it do not disarm it.
"""

from __future__ import annotations

import re

UNSEEN = "[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
SIGNS = r"[=+\-@%|＝＋－＠％｜﹦﹢﹣﹫﹪]"
_START = re.compile(f"{UNSEEN}*{SIGNS}")


def begins_formula(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula."""
    return _START.match(cell) is not None
