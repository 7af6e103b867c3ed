"""The sources: every document, and the text of one with what was read from it marked."""

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from tests.app import running, sample
from tests.app.running import html
from tests.app.sample import TEXTS, sample_tables
from tests.file_samples import page
from timeline import store
from timeline.app.passages import Found
from timeline.app.source_blocks import PART, around_reports, blocks_of, direction, groups_of, parts_of
from timeline.app.source_text import text_of
from timeline.documents import html_page
from timeline.i18n import Words


def script() -> None:
    from timeline.app import data, sources_page, state
    from timeline.app.view import View
    from timeline.facets import Conditions

    shelf = data.load(data.folder())
    state.sync("sources_page", shelf.archive.events)
    sources_page.render(View.of(shelf, Conditions(province=tuple(state.get("province"))), data.entries()))
    state.write_url()


run = partial(running.run, script)


def with_files(folder: Path, texts: dict[str, str] = TEXTS) -> None:
    """Build the sample anew from files beside the folder, whose texts may be other ones."""
    rows = sample.document_rows()
    for row in rows:
        (folder.parent / row["doc_id"]).write_bytes(texts[row["doc_id"]].encode())
        row |= {"path": str(folder.parent / row["doc_id"]), "sha256": hashlib.sha256(TEXTS[row["doc_id"]].encode()).hexdigest()}
    store.save(sample_tables(documents=rows), folder)


class TestList:
    def test_every_document_with_what_is_known_of_it(self, built: Path) -> None:
        table = run().dataframe[0].value
        assert table["Title"].tolist() == ["News, cs", "News, he", "News, vi"]
        assert table["Language"].tolist() == ["Czech", "Hebrew", "Vietnamese"]
        assert table["Date"].tolist() == ["26 August 2025"] * 3
        assert table["Events"].tolist() == [3, 1, 4]

    def test_only_links_of_the_web_are_links(self, built: Path) -> None:
        assert run().dataframe[0].value["Link"].dropna().tolist() == ["https://example.org/cs.txt", "https://example.org/vi.txt"]

    def test_a_filter_says_how_many_of_its_events_each_tells(self, built: Path) -> None:
        assert run(province="Hà Nội").dataframe[0].value["Of these chosen"].tolist() == [2, 1, 0]

    def test_words_of_a_title_find_it_without_diacritics(self, built: Path) -> None:
        app = run()
        app.text_input[0].set_value("news HE").run()
        assert app.dataframe[0].value["Title"].tolist() == ["News, he"]
        assert app.selectbox[0].options == ["News, he · A paper"]
        app.text_input[0].set_value("no such").run()
        assert "Look for fewer" in app.info[0].value

    def test_choosing_one_opens_it_and_the_url_says_so(self, built: Path) -> None:
        app = run()
        app.selectbox[0].set_value("vi.txt").run()
        assert app.query_params["source_doc"] == "vi.txt"
        assert "<bdi>News, vi</bdi>" in html(app)
        app.button(key="sources-back").click().run()
        assert "source_doc" not in app.query_params
        assert len(app.dataframe[0].value) == 3

    def test_nonsense_in_the_url_is_told(self, built: Path) -> None:
        app = run(source_doc="<b>../../etc/passwd</b>")
        assert "There is no source" in app.warning[0].value
        assert "source_doc" not in app.query_params


class TestText:
    def test_the_whole_text_is_shown_with_every_report_marked(self, built: Path) -> None:
        with_files(built)
        said = html(run(source_doc="cs.txt"))
        assert 'V období <mark class="tl date" title="date: 2020–2025">2020–2025</mark> byl' in said
        assert '<mark class="tl place" title="place: Hanoji">Hanoji</mark>' in said
        assert '<mark class="tl trigger" title="what happened: konference">konference</mark>' in said

    def test_another_text_begins_at_its_beginning_however_it_was_chosen(self, built: Path) -> None:
        with_files(built)
        app = run(source_doc="cs.txt")
        app.session_state["source_part"] = 3
        app.run()
        assert app.session_state["source_part"] == 3
        app.session_state["f_source_doc"] = "he.txt"  # as a link does, and going back in the browser
        app.run()
        assert app.session_state["source_part"] == 0

    def test_each_report_leads_to_its_event(self, built: Path) -> None:
        with_files(built)
        app = run(source_doc="vi.txt")
        labels = [button.label for button in app.button if (button.key or "").startswith("told-")]
        assert labels[0] == r"Border fair \(19–23 December 2023\)"
        next(button for button in app.button if (button.key or "").endswith("e-decree")).click().run()
        assert app.session_state["f_event"] == "e-decree"

    def test_a_text_runs_the_way_its_letters_do(self, built: Path) -> None:
        with_files(built)
        assert '<p lang="he" dir="rtl">' in html(run(source_doc="he.txt"))
        assert '<p lang="cs" dir="ltr">' in html(run(source_doc="cs.txt"))

    def test_markup_and_addresses_of_a_source_do_nothing(self, built: Path) -> None:
        with_files(built)
        said = html(run(source_doc="he.txt"))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
        assert "<script>" not in said
        assert "javascript:" not in said

    def test_a_text_that_is_gone_leaves_its_passages_and_says_so(self, built: Path) -> None:
        app = run(source_doc="vi.txt")
        assert "no longer at hand" in app.info[0].value
        assert "Hội chợ diễn ra" in html(app)
        assert any((button.key or "").endswith("e-fair") for button in app.button)

    def test_a_file_that_has_changed_is_not_shown_in_its_place(self, built: Path) -> None:
        with_files(built, TEXTS | {"cs.txt": TEXTS["cs.txt"].replace("2025", "1999")})
        app = run(source_doc="cs.txt")
        assert "no longer at hand" in app.info[0].value
        assert "1999" not in html(app)


class TestTextOf:
    def row(self, folder: Path, data: bytes, text: str, **changes: Any) -> dict[str, Any]:
        (folder / "a.html").write_bytes(data)
        plain = {"doc_id": "a.html", "path": "a.html", "sha256": hashlib.sha256(data).hexdigest(), "characters": len(text)}
        return plain | changes

    def test_a_page_is_read_as_it_was_built_and_a_kept_text_goes_before_it(self, tmp_path: Path) -> None:
        text = html_page.read(page().encode(), "a.html").text
        row = self.row(tmp_path, page().encode(), text)
        assert text_of(row, tmp_path / "built") == text
        (tmp_path / "built" / "texts").mkdir(parents=True)
        (tmp_path / "built" / "texts" / "a.html.txt").write_text("kept")
        assert text_of(row | {"characters": 4}, tmp_path / "built") == "kept"

    def test_no_text_is_taken_whose_length_or_hash_is_another(self, tmp_path: Path) -> None:
        row = self.row(tmp_path, b"A text.", "A text.")
        assert text_of(row, tmp_path) == "A text."
        assert text_of(row | {"characters": 3}, tmp_path) is None
        assert text_of(row | {"sha256": "0"}, tmp_path) is None
        assert text_of(row | {"path": "\0"}, tmp_path) is None


class TestBlocks:
    TEXT = "\n".join(f"Paragraph {number}." for number in range(10))

    def blocks(self) -> Any:
        start = self.TEXT.index("Paragraph 5.")
        found = {"m": [Found(start, start + 9, "event_type", "x", "Paragraph"), Found(0, 9, "date_edtf", "2025", "Paragraph")]}
        return blocks_of(self.TEXT, [{"mention_id": "m", "event_id": "e", "start": start}], found)

    def test_a_report_stands_with_its_paragraph_and_its_evidence_where_its_words_are(self) -> None:
        blocks = self.blocks()
        assert [block.events for block in blocks] == [[], [], [], [], [], ["e"], [], [], [], []]
        assert "<mark" in blocks[0].html("en", Words())
        assert "<mark" in blocks[5].html("en", Words())
        assert "<mark" not in blocks[4].html("en", Words())

    def test_of_a_long_text_only_what_tells_and_its_neighbours_are_shown(self) -> None:
        near = around_reports(self.blocks())
        assert [block.text[10] for block in near] == ["0", "1", "4", "5", "6"]
        assert [block.is_after_gap for block in near] == [False, False, True, False, False]

    def test_evidence_over_a_lines_end_is_marked_in_both(self) -> None:
        start = self.TEXT.index("2.")
        whole = self.TEXT[start : start + 12]
        blocks = blocks_of(
            self.TEXT, [{"mention_id": "m", "event_id": "e", "start": 0}], {"m": [Found(start, start + 12, "f", "v", whole)]}
        )
        assert [one.text for block in blocks for one in block.found] == ["2.", "Paragraph"]

    def test_groups_end_with_what_tells_and_parts_hold_everything_once(self) -> None:
        blocks = self.blocks()
        assert [len(group) for group in groups_of(blocks)] == [6, 4]
        long = blocks_of("\n".join(["x" * (PART // 3)] * 10), [], {})
        assert [len(part) for part in parts_of(long)] == [3, 3, 3, 1]
        assert parts_of([]) == [[]]

    def test_direction_is_that_of_most_letters(self) -> None:
        assert direction("Ngô Lê Văn הגיע אל הכנס בהאנוי ביום שני") == "rtl"
        assert direction("Cuộc họp tại האנוי") == "ltr"
        assert direction("2025") == "ltr"
        assert direction("הכנס נערך בהאנוי (Foreign Affairs)", "he") == "rtl"
        assert direction("Ngô Lê Văn", "he") == "ltr"
