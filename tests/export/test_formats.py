import pytest

from tests.app.sample import sample_tables
from timeline.export import FORMATS, narrowed
from timeline.i18n import words


@pytest.mark.parametrize("name", list(FORMATS))
class TestFormats:
    def test_each_writes_the_same_bytes_every_time_in_every_language(self, name: str) -> None:
        tables = sample_tables()
        for language in ("en", "vi", "zh"):
            content = FORMATS[name].write(tables, words(language), None)
            assert content
            assert FORMATS[name].write(tables, words(language), None) == content

    def test_each_writes_only_the_events_or_sources_given(self, name: str) -> None:
        tables = sample_tables()
        none = FORMATS[name].write(narrowed(tables, tables.events.iloc[:0]), words(), None)
        assert b"Border fair" not in none
        assert b"vi.txt" not in none

    def test_each_says_how_its_file_is_called(self, name: str) -> None:
        assert FORMATS[name].suffix.startswith(".")
        assert "/" in FORMATS[name].mime
