"""Names are in the reader's language wherever they are read, while the address and the filters keep canonical ones."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import chosen, html, ran, run
from tests.app.sample import event_rows, sample_tables
from timeline.app.data import entries
from timeline.app.names import label_of, labels_of, values_of
from timeline.facets import Facets
from timeline.i18n import words
from timeline.query import Archive

pytestmark = pytest.mark.usefixtures("built")


def options(app: AppTest, parameter: str) -> list[str]:
    """What a list of the sidebar offers, without the counts."""
    box = next(one for one in app.sidebar.multiselect if one.key == f"f_{parameter}")
    return [option.split(" · ")[0] for option in box.options]


def chart(app: AppTest, number: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get("vega_lite_chart")[number].proto.spec)
    return found


@pytest.mark.parametrize(
    ("language", "province", "actor", "gate", "role"),
    [
        (
            "zh",
            {"广西 Guangxi", "高平 Cao Bằng"},
            {"越南外交部", "高平省人民委员会", "吴黎文 Ngô Lê Văn"},
            "茶岭—龙邦 Trà Lĩnh–Longbang",
            "越南外交部副部长",
        ),
        (
            "vi",
            {"Quảng Tây", "Cao Bằng"},
            {"Bộ Ngoại giao", "Ủy ban nhân dân tỉnh Cao Bằng", "Ngô Lê Văn"},
            "Trà Lĩnh – Long Bang",
            "Thứ trưởng Bộ Ngoại giao",
        ),
        (
            "en",
            {"Guangxi", "Cao Bằng"},
            {"Ministry of Foreign Affairs of Vietnam", "Cao Bằng People's Committee", "Ngô Lê Văn"},
            "Trà Lĩnh–Longbang",
            "Deputy Minister of Foreign Affairs of Vietnam",
        ),
    ],
)
def test_options_of_the_filters(language: str, province: set[str], actor: set[str], gate: str, role: str) -> None:
    app = run(lang=language)
    assert province <= set(options(app, "province"))
    assert set(options(app, "actor")) == actor
    assert options(app, "gate") == [gate]
    assert role in options(app, "role")


def test_a_choice_stays_canonical_in_the_address_and_over_a_change_of_language() -> None:
    app = run(lang="zh", province="Guangxi", actor="Ngô Lê Văn")
    assert chosen(app)["province"] == ["Guangxi"]
    box = next(one for one in app.sidebar.multiselect if one.key == "f_province")
    ran(box.set_value(["Guangxi", "Cao Bằng"]).run())
    assert chosen(app)["province"] == ["Guangxi", "Cao Bằng"]
    app.session_state["f_lang"] = "vi"
    ran(app.run())
    assert chosen(app)["province"] == ["Guangxi", "Cao Bằng"]
    assert chosen(app)["actor"] == ["Ngô Lê Văn"]


def test_a_label_of_the_language_before_is_still_understood() -> None:
    app = run(lang="vi")
    app.session_state["f_province"] = ["广西 Guangxi · 2", "Quảng Tây · 2", "Cao Bằng"]
    app.session_state["f_gate"] = ["茶岭—龙邦 Trà Lĩnh–Longbang · 1"]
    ran(app.run())
    assert chosen(app)["province"] == ["Guangxi", "Cao Bằng"]
    assert chosen(app)["gate"] == ["Trà Lĩnh–Longbang"]


@pytest.mark.parametrize(
    ("language", "lanes", "names"),
    [
        ("zh", "province", ["广西", "高平"]),
        ("vi", "province", ["Quảng Tây", "Cao Bằng"]),
        ("zh", "actor", ["越南外交部", "吴黎文"]),
        ("vi", "actor", ["Bộ Ngoại giao", "Ngô Lê Văn"]),
        ("zh", "gate", ["茶岭—龙邦"]),
        ("vi", "gate", ["Trà Lĩnh – Long Bang"]),
    ],
)
def test_lanes(language: str, lanes: str, names: list[str]) -> None:
    description = chart(run(lang=language, lanes=lanes))["description"]
    assert all(name in description for name in names)
    assert "Guangxi" not in description


def test_the_table_below_the_timeline() -> None:
    table = run(lang="zh").dataframe[0].value
    assert "高平；广西" in table["省份"].tolist()
    assert "高平省人民委员会" in table["人物和机构"].tolist()


def test_the_event() -> None:
    told = html(run(lang="vi", event="e-gate"))
    assert "Quảng Tây <small>Guangxi</small>" in told
    assert "Ủy ban nhân dân tỉnh Cao Bằng" in told
    assert '<div class="tl-gate">Trà Lĩnh – Long Bang<br>' in told
    told = html(run(lang="zh", event="e-conference"))
    assert "越南外交部副部长" in told
    assert "Ministry of Foreign Affairs of Vietnam" not in told


def test_both_sides_of_a_comparison() -> None:
    from tests.app.test_compare_page import run as compare

    app = compare(lang="zh", left="Guangxi", right="Cao Bằng")
    assert [one.value for one in app.selectbox if one.key in ("compare_left", "compare_right")] == ["Guangxi", "Cao Bằng"]
    assert "仅涉及广西" in html(app)
    assert "Guangxi" not in html(app)


def test_the_map_and_its_table() -> None:
    from tests.app.test_map_page import run as show
    from tests.app.test_map_page import table

    rows = table(show(lang="zh"))
    assert rows["广西"][:2] == ["省份", "Guangxi"]
    assert "茶岭—龙邦" in rows
    assert table(show(lang="vi"))["Quảng Tây"][1] == "广西"


def test_the_table_page_while_files_stay_canonical() -> None:
    from tests.app.test_table_page import run as show
    from timeline.export import people_csv

    app = show(lang="zh")
    assert "高平; 广西" in app.dataframe[0].value["provinces"].tolist()
    assert "Cao Bằng; Guangxi" in people_csv(sample_tables().events, words=words("zh"), entries=entries()).decode()


class TestLabels:
    def facets(self, *actors: str) -> Facets:
        rows = [event | {"actors": list(actors)} for event in event_rows()[:1]]
        return Facets(Archive.of(sample_tables(events=rows)))

    def test_a_name_that_another_is_shown_by_is_told_apart(self) -> None:
        facets = self.facets("Li Qiang", "Lý Cường")
        labels = labels_of("actor", facets, entries(), words("vi"))
        assert labels == {"Li Qiang": "Lý Cường (Li Qiang)", "Lý Cường": "Lý Cường"}

    def test_every_label_leads_back_to_its_value(self) -> None:
        facets = self.facets("Li Qiang", "Lý Cường", "Cao Bằng People's Committee")
        known = values_of("actor", facets, entries())
        for language in ("en", "vi", "zh"):
            assert {known[label] for label in labels_of("actor", facets, entries(), words(language)).values()} == set(
                facets.values("actor")
            )

    def test_codes_are_in_words(self) -> None:
        assert label_of("status", "held", entries(), words("en")) == "Held"
        assert label_of("source", "vnexpress.net", entries(), words("zh")) == "vnexpress.net"
