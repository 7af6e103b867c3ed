"""Markdown: the words as they are seen, and what the head says."""

from tests.in_time import in_time
from timeline.documents import markdown_file

HEAD = '---\ntitle: "Gate: opened"\ndate: 2024-05-06\nlang: vi\nsource: https://news.example/1\ntags: [a, b]\n---\n'


def text_of(markdown: str) -> str:
    return markdown_file.read(markdown.encode(), "a.md").text


def test_marks_are_taken_off_and_a_paragraph_is_a_line() -> None:
    written = "## The *Trà Lĩnh* gate\n\nOn **5 May** the [border\ngate](https://x.example 'a') was `opened`,\\\n2 * 3 &lt; 7.\n"
    assert text_of(written) == "The Trà Lĩnh gate\n\nOn 5 May the border gate was opened,\n2 * 3 < 7."


def test_lists_tables_pictures_and_markup_are_read() -> None:
    written = (
        "1. one\n2. two\n\n* three\n\n| Gate | Class |\n|--|--|\n| A | *main* |\n\n![The gate](a.jpg)\n\n<div>set <b>apart</b></div>\n"
    )
    assert text_of(written).split("\n") == [
        "1. one",
        "2. two",
        "",
        "- three",
        "",
        "Gate | Class",
        "A | main",
        "",
        "The gate",
        "",
        "set apart",
    ]


def test_the_head_is_no_text_but_tells_of_it() -> None:
    found = markdown_file.read(f"{HEAD}It was opened.".encode(), "a.md")
    assert found.text == "Gate: opened\n\nIt was opened."
    assert (found.title, found.published, found.language) == ("Gate: opened", "2024-05-06", "vi")
    assert found.source_url == "https://news.example/1"
    assert found.publisher == ""


def test_what_only_looks_like_a_head_is_text() -> None:
    assert text_of("---\nA sentence alone.\n---\n\nAnother.") == "A sentence alone.\n\nAnother."
    assert "[" in text_of("---\nno: [yaml\n---\n\nAnother.")


def test_hostile_markdown_takes_no_more_than_linear_time() -> None:
    code = "from timeline.documents.markdown_file import read; read(b'---\\na: ' + b'[' * 15_000 + b'\\n---\\n' + b'[a](' * 10_000, 'a.md')"
    in_time(code)


def test_values_that_stand_for_others_are_not_filled_in() -> None:
    grown = "".join(f"x{k}: &a{k} [{','.join([f'*a{k - 1}'] * 10)}]\n" for k in range(1, 12))
    written = f"---\ntitle: Talks\nx0: &a0 [x,x]\n{grown}---\nHello there.\n"
    code = f"from timeline.documents.markdown_file import read; found = read({written.encode()!r}, 'a.md'); print(found.title, found.text)"
    assert in_time(code).split() == ["Talks", "Talks", "Hello", "there."]
