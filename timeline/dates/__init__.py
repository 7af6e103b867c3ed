"""Text → times: finding expressions, completing them from the document, giving each an EDTF value."""

from timeline.dates.compile import compile_grammar
from timeline.dates.find import Scan, find_times, moved, times_of_text
from timeline.dates.grammar import DateGrammar
from timeline.dates.resolve import Anchor
from timeline.dates.templates import cldr_language
from timeline.dates.words import date_phrases

__all__ = ["Anchor", "DateGrammar", "Scan", "cldr_language", "compile_grammar", "date_phrases", "find_times", "moved", "times_of_text"]
