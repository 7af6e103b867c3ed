from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.app.sample import sample_tables
from timeline.export import FORMATS
from timeline.i18n import words


def plain(content: bytes) -> bytes:
    """What a file holds; an Excel file is an archive."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


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
        nothing = replace(tables, events=tables.events.iloc[:0], documents=tables.documents.iloc[:0])
        whole, none = (plain(FORMATS[name].write(given, words(), None)) for given in (tables, nothing))
        told = [name for name in (b"Border fair", b"vi.txt") if name in whole]
        assert told
        assert not any(name in none for name in told)

    def test_each_says_how_its_file_is_called(self, name: str) -> None:
        assert FORMATS[name].suffix.startswith(".")
        assert "/" in FORMATS[name].mime
