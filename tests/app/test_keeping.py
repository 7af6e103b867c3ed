from timeline.app.keeping import Kept


def test_what_was_asked_for_longest_ago_is_made_anew() -> None:
    made: list[str] = []

    def ask(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key.upper())

    kept = Kept(2)
    assert [ask(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]
