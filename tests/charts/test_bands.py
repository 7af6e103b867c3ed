from timeline.charts import gate_bands
from timeline.i18n import Words, words
from timeline.knowledge.entries import Gate
from timeline.knowledge.load import load_entries


def bands(*classes: str, since: str = "") -> list[tuple[str, ...]]:
    frame = gate_bands([Gate("A–B", class_=classes, since=since)], Words())
    return list(frame[["start", "end", "label"]].itertuples(index=False, name=None))


def test_class_lasts_until_the_day_before_its_upgrade() -> None:
    assert bands("bilateral", "international@2023-12-28") == [
        ("", "2023-12-27", "bilateral gate"),
        ("2023-12-28", "", "international gate"),
    ]


def test_upgrade_known_to_the_year_begins_with_it() -> None:
    assert bands("bilateral@1993-06-21", "international@2014") == [
        ("1993-06-21", "2013-12-31", "bilateral gate"),
        ("2014-01-01", "", "international gate (since 2014)"),
    ]


def test_only_a_class_known_to_the_day_begins_exactly() -> None:
    gate = Gate("A–B", class_=("crossing", "auxiliary@1993-06-21", "bilateral@2014", "international@2023-12", "rail@2024-01-01~"))
    assert gate_bands([gate])["exact"].tolist() == [False, True, False, False, False]
    assert gate_bands([Gate("A–B", class_=("crossing", "bilateral@2014-05"))], words("zh"))["label"].iloc[1].endswith("（2014年5月起）")


def test_first_class_without_a_beginning_begins_with_the_gate() -> None:
    assert bands("international", since="1994-04-17") == [("1994-04-17", "", "international gate")]
    assert bands("auxiliary", "route@2024-05-27", since="2012")[0][0] == "2012-01-01"


def test_gate_without_a_class_has_no_band() -> None:
    assert bands() == []
    assert list(gate_bands([]).columns) == ["lane", "start", "end", "label", "weight", "exact"]


def test_higher_class_is_tinted_more() -> None:
    weights = gate_bands([Gate("A–B", class_=("crossing", "bilateral@2016", "international@2023"))])["weight"]
    assert weights.tolist() == sorted(set(weights))


def test_every_class_of_our_gates_has_words() -> None:
    labels = {label.partition(" (")[0] for label in gate_bands(load_entries().gates.values())["label"]}
    assert labels == {
        *("international gate", "bilateral gate", "auxiliary gate", "rail gate"),
        *("customs-clearance route", "crossing", "cooperation area"),
    }
