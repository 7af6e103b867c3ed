"""Texts in any number for measuring builds: examples of the language files recombined, in all languages, with other years.

Each text is of one language and holds some of its examples; the years of our time in it are others in each text, so that of a
hundred thousand texts some six report the same. The same number gives the same text, wherever it is made.
"""

import random
import re
from pathlib import Path

from timeline.knowledge import Knowledge, load

# In a text: together some 1.5 KB with half a dozen mentions, a short item of news. With fewer, what every text costs, be it ever so
# short, would count for more than it does on pages; with more, a hundred thousand take hours.
_EXAMPLES = 12
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_FIRST, _YEARS = 1945, 80  # so many that texts of this length seldom tell the same: by how much they are fused is then as on pages
_FOLDER = 1000  # texts in one folder


def write_corpus(folder: Path, count: int, knowledge: Knowledge | None = None) -> int:
    """Write texts number 0 up to `count` below `folder`; how many bytes they have together. What is there stays."""
    known = knowledge or load()
    pools = [(code, [example.text for example in language.examples]) for code, language in known.languages.items()]
    size = 0
    for number in range(count):
        code, pool = pools[number % len(pools)]
        path = folder / f"{number // _FOLDER:04d}" / f"{number:06d}-{code}.txt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(pool, number), encoding="utf-8")
        size += path.stat().st_size
    return size


def text_of(pool: list[str], number: int) -> str:
    """Text `number`, of some of the examples in `pool`."""
    chance = random.Random(number)
    return "\n\n".join(_YEAR.sub(lambda _: str(_FIRST + chance.randrange(_YEARS)), text) for text in chance.sample(pool, _EXAMPLES)) + "\n"
