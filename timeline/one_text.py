"""What one text at hand tells: its dates, its names, its events."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from timeline.errors import InputError
from timeline.messages import N_
from timeline.model import NameSpan, TimeSpan
from timeline.pipeline import extractor
from timeline.tables import mentions_frame


def find_dates(text: str, language: str | None = None, published: str | None = None) -> pd.DataFrame:
    """The time expressions of `text`: columns `start, end, text, date_edtf, date_precision, date_basis, rule`.

    `language` is an ISO 639-1 code (told from the text if None), `published` the ISO day that completes a partial date.

    >>> found = find_dates("15 đến 23/2, tại cửa khẩu Trà Lĩnh", language="vi", published="2025-03-01")
    >>> found[["text", "date_edtf", "date_basis"]].values.tolist()
    [['15 đến 23/2', '2025-02-15/2025-02-23', 'completed']]
    """
    columns = ["start", "end", "text", "date_edtf", "date_precision", "date_basis", "rule"]
    return _frame(extractor().find_dates(_one_text(text), language, published), columns)


def find_names(text: str, language: str | None = None) -> pd.DataFrame:
    """The names in `text`: columns `start, end, text, kind, name, rule`; `name` is canonical.

    >>> find_names("Из Каобанга в Лунбан", language="ru")["name"].tolist()
    ['Cao Bằng', 'Trà Lĩnh–Longbang']
    """
    return _frame(extractor().find_names(_one_text(text), language), ["start", "end", "text", "kind", "name", "rule"])


def extract(text: str, language: str | None = None, published: str | None = None) -> pd.DataFrame:
    """The mentions of one text, in the columns of the mentions table (with no fusion: `event_id` is empty).

    >>> text = "Leaders of Cao Bang and Guangxi held talks in Nanning on 5 March 2024."
    >>> extract(text)[["event_type", "date_edtf", "provinces"]].values.tolist()
    [['meeting', '2024-03-05', ['Cao Bằng', 'Guangxi']]]
    """
    engine = extractor()
    return mentions_frame(engine.extract(engine.document(_one_text(text), language, published)))


def _one_text(text: str) -> str:
    """`text`, if it is one; raises `InputError` for a list or a path, which `build` is for."""
    if isinstance(text, str):
        return text
    why, remedy = N_("must be one text, not {kind}"), N_("for several texts, or files and folders, use timeline.build")
    raise InputError("text", why, remedy, kind=type(text).__name__)


def _frame(rows: Iterable[TimeSpan | NameSpan], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame([[getattr(row, column) for column in columns] for row in rows], columns=columns)
    return frame.astype({column: "int64" if column in ("start", "end") else "string" for column in columns})
