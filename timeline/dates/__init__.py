"""Text → times: finding expressions, completing them from the document, giving each an EDTF value."""

from timeline.dates.atoms import NumberOrder
from timeline.dates.compile import DateGrammar, compile_grammar
from timeline.dates.find import Told, anchor_of_text, find_times
from timeline.dates.resolve import Anchor
from timeline.dates.templates import cldr_language

__all__ = ["Anchor", "DateGrammar", "NumberOrder", "Told", "anchor_of_text", "cldr_language", "compile_grammar", "find_times"]
