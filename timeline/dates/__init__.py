"""Text → times: finding expressions, completing them from the document, giving each an EDTF value."""

from timeline.dates.compile import DateGrammar, compile_grammar
from timeline.dates.find import find_times
from timeline.dates.resolve import Anchor

__all__ = ["Anchor", "DateGrammar", "compile_grammar", "find_times"]
