"""How long a document may be looked at. What it costs is by its length; one that costs more is told as a text that can't be read.

Counted is the time of this thread's own work, so that a busy machine refuses nothing that an idle one reads.
"""

from __future__ import annotations

from time import thread_time

from timeline.errors import InputError
from timeline.messages import N_
from timeline.model import Document

MAX_SECONDS = 300  # the longest text that is read takes a tenth, and a hostile one half


class Patience:
    """The time for one document."""

    def __init__(self, document: Document) -> None:
        self._where = document.path or document.doc_id
        self._end = thread_time() + MAX_SECONDS

    def check(self) -> None:
        """Raise an `InputError` where it is over; to be called for each passage, and each sentence."""
        if thread_time() > self._end:
            why = N_("finding its events takes more than {seconds} seconds")
            raise InputError(self._where, why, N_("split it, or leave it out"), seconds=MAX_SECONDS)
