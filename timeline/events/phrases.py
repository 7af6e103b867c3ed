"""A language's triggers, cues and words as phrases for the shared scan."""

from __future__ import annotations

from timeline.knowledge import Language, Phrase


def event_phrases(language: Language) -> list[Phrase]:
    """Phrases of kind `trigger` (key: type, subtype), `cue`, `word` and `at_event`."""
    exact = language.code == "vi"
    phrases: list[Phrase] = []
    for name, words in language.triggers.items():
        event_type, _, subtype = name.partition(".")
        phrases += [Phrase(word, "trigger", (event_type, subtype), exact=exact) for word in words]
    for kind, table in (("cue", language.cues), ("word", language.words), ("at_event", language.at_event)):
        for name, words in table.items():
            phrases += [Phrase(word, kind, name, exact=exact) for word in words if "{" not in word]
    return phrases
