"""Numbers of Vietnamese legal documents: `58/2022/NĐ-CP` is a decree of the Government of 2022, `59-NQ/TW` a resolution of the Party.

The form is set by Decree 30/2020/NĐ-CP on clerical work and by the Law on Promulgation of Legal Documents; it stands
unchanged in every language, only its diacritics get lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline.knowledge import Knowledge
from timeline.text import fold_words

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9/])(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<codes>[A-ZĐ][A-Za-zĐđ]{1,5}\d{0,2}(?:[-/][A-ZĐ][A-Za-zĐđ]{0,6})?)(?![A-Za-z0-9/])"
)


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A document number at `start`–`end` of the text."""

    start: int
    end: int
    text: str
    year: str
    subtype: str
    actor: str


def legal_numbers(text: str, start: int, end: int, knowledge: Knowledge) -> list[LegalNumber]:
    """The document numbers in `text[start:end]` whose type code is known."""
    if text.find("/", start, end) < 0:
        return []
    found: list[LegalNumber] = []
    codes, issuers = knowledge.legal_codes
    for match in _NUMBER.finditer(text, start, end):
        kind, _, issuer = match["codes"].replace("/", "-").partition("-")
        row = codes.get(fold_words(re.sub(r"(?<!\d)\d+$", "", kind))) or (codes.get(fold_words(kind)))
        if row is None:
            continue
        actor = issuers.get(fold_words(issuer))
        found.append(
            LegalNumber(
                match.start(), match.end(), match.group(), match["year"] or "", row.event_subtype, actor.actor if actor else row.actor
            )
        )
    return found
