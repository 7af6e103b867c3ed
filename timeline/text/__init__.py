"""What every part needs of a text: folding that keeps offsets, scripts, sentences, Vietnamese spelling."""

from timeline.text.folding import Folded, add_variants, fold, fold_short, fold_words, words_of
from timeline.text.halves import without_halves
from timeline.text.scripts import (
    CAPITAL,
    SCRIPTS,
    UNSPACED,
    is_unspaced,
    is_written_in,
    leading_script,
    other_letters,
    script_counts,
    script_of,
)
from timeline.text.splitting import sentences
from timeline.text.vietnamese import has_vietnamese_marks, surface

__all__ = [
    "CAPITAL",
    "SCRIPTS",
    "UNSPACED",
    "Folded",
    "add_variants",
    "fold",
    "fold_short",
    "fold_words",
    "has_vietnamese_marks",
    "is_unspaced",
    "is_written_in",
    "leading_script",
    "other_letters",
    "script_counts",
    "script_of",
    "sentences",
    "surface",
    "without_halves",
    "words_of",
]
