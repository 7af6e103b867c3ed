"""Every spelling of every province, gate and body pattern, in every language: a table of tests made from the knowledge."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from timeline.knowledge import Knowledge, Language, load
from timeline.names.gazetteer import NameKey, name_phrases
from timeline.pipeline import Extractor
from timeline.text import UNSPACED, fold_words, leading_script

LANGUAGES = sorted(load().languages)


def plain(phrase: str) -> str:
    """A phrase as a text may have it: nothing for an ending, nothing in between."""
    return phrase.replace("*", "").replace("…", " ").strip()


def spellings(knowledge: Knowledge, language: Language) -> dict[NameKey, list[str]]:
    """What the language calls each row, in its own script or in Latin letters; not what it calls two rows."""
    meant = defaultdict(set)
    listed = defaultdict(list)
    scripts = {language.script, "Latin", "Han" if language.script == "Kana" else ""}
    for phrase in name_phrases(knowledge, language):
        key, text = phrase.key, plain(phrase.text)
        assert isinstance(key, NameKey)
        meant[fold_words(text)].add((key.kind, key.name))
        if leading_script(text) in scripts:
            listed[key].append(text)
    return {
        key: [text for text in texts if key.kind == "body_pattern" or len(meant[fold_words(text)]) == 1] for key, texts in listed.items()
    }


def sentences(language: Language, knowledge: Knowledge) -> Iterator[tuple[list[str], str]]:
    """Sentences of the language with one spelling each, before and behind the word that supports it, and the name to be found."""
    named = spellings(knowledge, language)
    blank = "" if language.script in UNSPACED else " "
    lead = blank.join(sorted(language.stopwords)[:30]) + blank  # so that the line is of this language
    words = {key: plain(language.words[key][0]) for key in ("gate", "province")}
    for key, texts in named.items():
        for text in texts:
            if key.kind in words:
                yield [f"{lead}{words[key.kind]}{blank}{text}", f"{lead}{text}{blank}{words[key.kind]}"], key.name
            elif key.kind == "body_pattern" and (blank or leading_script(text) != "Latin"):
                unit = "Guangxi" if knowledge.tables.actors[key.name].country == "CN" else "Cao Bằng"
                province = named[NameKey("province", unit)][0]
                yield [f"{lead}{text}{blank}{province}", f"{lead}{province}{blank}{text}"], key.name.replace("{province}", unit)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_spelling_gives_its_canonical_name(engine: Extractor, knowledge: Knowledge, code: str) -> None:
    table = list(sentences(knowledge.languages[code], knowledge))
    assert len(table) > 500
    lost = [
        (name, texts[0][-40:]) for texts, name in table if not any(n.name == name for text in texts for n in engine.find_names(text, code))
    ]
    assert lost == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_gate_and_province_has_a_name_in_the_languages_script(knowledge: Knowledge, code: str) -> None:
    language = knowledge.languages[code]
    scripts = {language.script, "Latin", "Han" if language.script == "Kana" else ""}
    keys = [phrase.key for phrase in name_phrases(knowledge, language) if leading_script(plain(phrase.text)) in scripts]
    named = {(key.kind, key.name) for key in keys if isinstance(key, NameKey)}
    rows = [*(("province", name) for name in knowledge.tables.provinces), *(("gate", pair) for pair in knowledge.tables.gates)]
    assert [row for row in rows if row not in named] == []
