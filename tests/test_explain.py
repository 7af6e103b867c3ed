"""The rules that read a page are told in words, not by the names that the code gives them."""

from timeline.explain import meaning
from timeline.pipeline import Extractor


def test_every_rule_that_reads_a_date_is_told_in_words(engine: Extractor) -> None:
    codes = ("en", "es", "he", "id", "vi", "zh")  # among them they use every rule but the rarest
    examples = [(code, example) for code in codes for example in engine.knowledge.languages[code].examples if example.dates]
    rules = {time.rule for code, example in examples for time in engine.find_dates(example.text, code, example.published or None)}
    assert sorted(rule for rule in rules if meaning(f"clause:{rule}").endswith(f": {rule}")) == []


def test_a_rule_says_where_the_words_stood_and_how_they_were_read() -> None:
    assert meaning("sentence:relative:weekday5") == "in its sentence: reckoned from the document's own date"
    assert meaning("gate-side") == "one side of the pair is named"


def test_a_rule_without_words_keeps_its_name() -> None:
    assert meaning("rule-of-tomorrow") == "rule-of-tomorrow"
