"""Files of every format through the whole build: names, spans, and the texts that are kept beside the tables."""

import hashlib
from pathlib import Path

import pytest

from tests.file_samples import STORY, docx, epub, feed, json_lines, mail, packed, page, pdf, sheet, warc
from timeline import store
from timeline.errors import InputError
from timeline.pipeline import Extractor, Timeline, load_timeline

NEWS = "\n".join(STORY)
HEAD = '<meta property="article:published_time" content="2024-05-06">'


@pytest.fixture(scope="module")
def built(engine: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """A folder with the same story in every format, and some that can't be read."""
    folder = tmp_path_factory.mktemp("inputs")
    files = {
        "a.txt": NEWS.encode(),
        "b.html": page(head=HEAD).encode(),
        "c.pdf": pdf(STORY),
        "d.docx": docx(*STORY),
        "e.zip": packed(
            {"in/f.txt": NEWS, "g.html": page(), "locked.pdf": pdf(STORY, password="x"), "inner.docx": packed({"h.txt": NEWS})}
        ),
        "f.epub": epub(*(f"<p>{line}</p>" for line in STORY)),
        "g.eml": mail("", "".join(f"<p>{line}</p>" for line in STORY), {"h.txt": NEWS.encode()}),
        "i.md": f"*{STORY[0]}*\n\n[{STORY[1]}](https://news.example/)\n".encode(),
        "j.jsonl": json_lines({"id": "first", "text": NEWS}, {"text": 5}, {"content": NEWS}),
        "k.xlsx": sheet([("text", "lang"), (NEWS, "en")]),
        "l.warc.gz": warc(("https://news.example/1", "text/html", page().encode())),
        "m.rss": feed(f"<title>Gate opened</title><description>{NEWS}</description>"),
        "mislabelled.txt": pdf(STORY),
        "bomb.zip": packed({"a.txt": b" " * 20_000_000}),
        "empty.docx": docx(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return engine.build(folder)


DOCUMENTS = [
    *("a.txt", "b.html", "c.pdf", "d.docx", "e.zip/g.html", "e.zip/in/f.txt", "e.zip/inner.docx/h.txt", "f.epub", "g.eml", "g.eml/h.txt"),
    *("i.md", "j.jsonl/3", "j.jsonl/first", "k.xlsx/2", "l.warc.gz/1", "m.rss/1", "mislabelled.txt"),
]


def test_every_format_tells_the_same_event(built: Timeline) -> None:
    assert built.documents["doc_id"].tolist() == DOCUMENTS
    opened = built.events[built.events["event_subtype"] == "opening"]
    assert opened["documents"].tolist() == [DOCUMENTS]
    assert opened["date_edtf"].tolist() == ["2024-05-05"]


def test_one_bad_file_stops_none_of_the_others(built: Timeline) -> None:
    assert sorted(Path(fault.where).name for fault in built.failures) == ["2", "bomb.zip", "empty.docx", "locked.pdf"]


def test_only_texts_that_their_file_does_not_hold_are_kept(built: Timeline, tmp_path: Path) -> None:
    built.save(tmp_path / "built")
    kept = sorted(path.relative_to(tmp_path / "built" / "texts").as_posix() for path in (tmp_path / "built" / "texts").rglob("*.txt"))
    assert kept == [f"{doc_id}.txt" for doc_id in DOCUMENTS if doc_id != "a.txt"]


def test_spans_count_in_the_kept_text(built: Timeline, tmp_path: Path) -> None:
    built.save(tmp_path / "built")
    texts = {doc_id: store.load_text(tmp_path / "built", doc_id) or NEWS for doc_id in DOCUMENTS}
    for row in built.mentions.to_dict("records"):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["text"]
    assert built.documents["characters"].tolist() == [len(texts[doc_id]) for doc_id in DOCUMENTS]


def test_a_loaded_build_is_saved_again_as_it_was(built: Timeline, tmp_path: Path) -> None:
    built.save(tmp_path / "one")
    load_timeline(tmp_path / "one").save(tmp_path / "two")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 5 + len(DOCUMENTS) - 1
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_page_is_dated_by_its_head(built: Timeline) -> None:
    row = built.documents.set_index("doc_id").loc["b.html"]
    assert (row["title"], row["published"]) == ("Gate opened in Cao Bang", "2024-05-06")


def test_a_document_of_an_archive_has_the_hash_of_its_own_bytes(built: Timeline) -> None:
    row = built.documents.set_index("doc_id").loc["e.zip/in/f.txt"]
    assert row["sha256"] == hashlib.sha256(NEWS.encode()).hexdigest()
    assert row["path"].endswith("e.zip/in/f.txt")


class TestFolderOfTexts:
    def test_somebodys_own_texts_are_never_replaced(self, built: Timeline, tmp_path: Path) -> None:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "mine.txt").write_text("mine")
        with pytest.raises(InputError, match=r"holds texts/mine\.txt"):
            built.save(tmp_path)
        assert (tmp_path / "texts" / "mine.txt").read_text() == "mine"

    def test_a_file_put_beside_kept_texts_is_not_lost_either(self, built: Timeline, tmp_path: Path) -> None:
        built.save(tmp_path / "built")
        (tmp_path / "built" / "texts" / "note.txt").write_text("mine")
        with pytest.raises(InputError, match=r"note\.txt"):
            built.save(tmp_path / "built")

    def test_texts_go_when_their_documents_do(self, built: Timeline, engine: Extractor, tmp_path: Path) -> None:
        built.save(tmp_path / "built")
        (tmp_path / "a.txt").write_text(NEWS)
        engine.build(tmp_path / "a.txt").save(tmp_path / "built")
        assert not (tmp_path / "built" / "texts").exists()

    @pytest.mark.parametrize("doc_id", ["../../secret", "/etc/passwd", "a/../../b", "", "a\nb"])
    def test_an_id_never_leads_out_of_it(self, doc_id: str, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret")
        assert store.load_text(tmp_path / "built" / "deep", doc_id) is None

    def test_a_very_long_name_is_kept_under_a_shorter_one(self, engine: Extractor, tmp_path: Path) -> None:
        name = "ộ" * 80 + ".html"
        (tmp_path / name).write_text(page(), encoding="utf-8")
        engine.build(tmp_path / name).save(tmp_path / "built")
        assert "Longbang" in (store.load_text(tmp_path / "built", name) or "")
