"""The chronology as a layer over the texts: on at first sight, told apart, and gone when it is switched off."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.own_texts import KNOWN
from tests.app.running import chosen, html, ran, run
from timeline import store
from timeline.app.merging import merge, read_anew
from timeline.app.source_text import text_of
from timeline.pipeline import Extractor

TABLE = (
    "id,date,type,subtype,what,gates,provinces,sources\n"
    "1,2024-05-05,border_gate,opening,Travellers of third countries may cross,Trà Lĩnh–Longbang,Cao Bằng; Guangxi,https://example.org/a\n"
    "2,2019-03-22,meeting,talks,Talks on markets,,Lạng Sơn; Guangxi,https://example.org/b; https://example.com/c\n"
)


@pytest.fixture
def layer(folder: Path, engine: Extractor, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder's text built once more with a chronology that knows its opening and has something of its own."""
    (folder.parent / "known.csv").write_text(TABLE, encoding="utf-8")
    base = store.load_tables(folder)
    built = engine.build([folder.parent / "folder.txt", folder.parent / "known.csv"], earlier=base)
    built.save(folder.parent / "layered")
    monkeypatch.setenv("TIMELINE_LAYER", str(folder.parent / "layered"))
    return folder.parent / "layered"


def switch(app: AppTest) -> list[str]:
    return [box.label for box in app.checkbox if box.label.startswith("Chronology of the border")]


def count(app: AppTest) -> int:
    return int(html(app).partition('<p class="tl-count')[2].partition("<b>")[2].partition("</b>")[0])


def test_it_is_on_at_first_sight_and_what_it_alone_tells_is_told_apart(folder: Path, layer: Path) -> None:
    app = run()
    alone = len(store.load_tables(folder).events)
    assert switch(app) == ["Chronology of the border · 1"]
    assert count(app) == alone + 1
    assert any("1 event that only the chronology tells, marked ○" in caption.value for caption in app.caption)
    titles = app.dataframe[0].value["Event"].tolist()
    assert [title for title in titles if title.startswith("○")] == ["○ Talks: Lạng Sơn, Guangxi"]
    assert "told by the chronology alone" in html(app)
    assert chosen(app) == {}


def test_switched_off_only_the_texts_speak_and_the_address_says_so(folder: Path, layer: Path) -> None:
    app = run()
    next(box for box in app.checkbox if box.label in switch(app)).uncheck()
    ran(app.run())
    assert chosen(app) == {"chronology": ["no"]}
    assert count(app) == len(store.load_tables(folder).events)
    assert "chronology alone" not in html(app)
    again = run(chronology="no")
    assert count(again) == count(app)
    assert switch(again)


def test_it_leads_to_the_sources_of_its_rows(layer: Path) -> None:
    events = store.load_tables(layer).events
    app = run(event=events.loc[events["date_edtf"] == "2019-03-22", "event_id"].item())
    said = html(app)
    assert "From the chronology: none of the texts tells it." in said
    assert 'href="https://example.com/c"' in said
    assert "example.org" in said


def test_a_layer_of_other_texts_is_left_out(folder: Path, layer: Path, engine: Extractor) -> None:
    engine.build([folder.parent / "known.csv"]).save(layer)
    app = run()
    assert switch(app) == []
    assert count(app) == len(store.load_tables(folder).events)


def test_a_broken_layer_is_left_out(folder: Path, layer: Path) -> None:
    (layer / "events.csv").write_text("broken")
    assert switch(run()) == []


def test_own_texts_are_fused_with_what_the_chronology_tells(layer: Path, engine: Extractor) -> None:
    tables = store.load_tables(layer)
    from tests.app.test_merging import told

    found, new = merge(tables, read_anew(tables, lambda row: text_of(row, layer), engine), told(engine, known=KNOWN), engine)
    (event,) = found.events[found.events["event_id"].isin(new)].to_dict("records")
    assert event["documents"] == ["folder.txt", "known.csv", "yours/known.txt"]
    assert len(found.events) == len(tables.events)


def table() -> None:
    from timeline.app import data, language
    from timeline.app.main import _page

    language.settle("en")
    base = data.load(data.folder())
    _page("table_page", data.load_layer(base) or base, [])()


def test_it_is_told_apart_in_the_table_too_and_not_in_files(layer: Path) -> None:
    titles = run(table).dataframe[0].value["event"].tolist()
    assert [title for title in titles if title.startswith("○")] == ["○ Talks: Lạng Sơn, Guangxi"]
