"""A pattern of many words finds what the words one after the other would."""

import random
import re

from timeline.dates.patterns import any_of, characters, factored


def test_the_longest_word_comes_first_and_of_none_nothing_is_found() -> None:
    pattern = re.compile(any_of(["mai", "maius", "a.m.", "mar"]))
    matches = [pattern.match(text) for text in ("maius", "mai", "mars", "a.m.", "axm.", "m")]
    assert [match and match[0] for match in matches] == ["maius", "mai", "mar", "a.m.", None, None]
    assert re.search(any_of([]), "mai") is None


def test_alternatives_are_tried_in_their_order() -> None:
    """Whatever follows the words: `ab|a` and `a|ab` differ before an optional letter."""
    rows = random.Random(5)
    for _ in range(300):
        words = ["".join(rows.choices("ab.", k=rows.randint(0, 4))) for _ in range(rows.randint(1, 6))]
        branches = [(re.escape(word), rows.choice(["", "a?", "[b.]{0,2}"])) for word in words]
        plain = re.compile("(?:" + "|".join(word + rest for word, rest in branches) + ")b?")
        quick = re.compile(factored((characters(word), rest) for word, rest in branches) + "b?")
        for text in ("".join(rows.choices("ab.", k=6)) for _ in range(10)):
            one, other = plain.match(text), quick.match(text)
            assert (one and one.span()) == (other and other.span()), (plain.pattern, text)
