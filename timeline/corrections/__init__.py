"""What people have put right: `corrections.csv`, applied after fusion at every build and never overwritten by it.

Columns: `target` (an event_id or mention_id), `field`, `value`, `who`, `when` (an ISO day), `why`. Besides the fields of
an event, `field` may be `drop` (the target is no event), `merge` (`value` is the event that joins the target) and `split`
(`value` lists the mentions that are an event of their own). Lists are joined by `; `. A line that begins with `#` is a
comment.
"""

from timeline.corrections.book import corrected
from timeline.corrections.file import (
    COLUMNS,
    Correction,
    Overtaken,
    Signature,
    all_corrections,
    append_correction,
    fault_of,
    in_force,
    is_correction,
    is_day,
    read_corrections,
    signature_of,
)

__all__ = [
    "COLUMNS",
    "Correction",
    "Overtaken",
    "Signature",
    "all_corrections",
    "append_correction",
    "corrected",
    "fault_of",
    "in_force",
    "is_correction",
    "is_day",
    "read_corrections",
    "signature_of",
]
