"""A saved feed: its items as texts."""

from itertools import pairwise

from tests.file_samples import feed
from timeline.documents.container import Member
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError


def read(data: bytes) -> list[tuple[str, ...] | str]:
    found: list[tuple[str, ...] | str] = []
    for one in unpacked(data, "a.xml", "a.xml"):
        if isinstance(one, Member):
            told = one.told
            found.append((one.name, told.title, told.publisher, told.published, told.source_url, one.data.decode()))
        else:
            found.append(one.why)
    return found


def test_an_item_is_a_text_with_its_title_address_and_day() -> None:
    full = "<title>A &amp; B</title><link>https://news.example/1</link><pubDate>Mon, 06 May 2024 23:30:00 +0700</pubDate><media:content/>"
    full += "<description>Short.</description><content:encoded><![CDATA[<p>The gate</p><p>was opened&nbsp;today.</p>]]></content:encoded>"
    assert read(feed(full, "<title>Only a headline</title>")) == [
        ("1", "A & B", "Border News", "2024-05-06", "https://news.example/1", "The gate\nwas opened today."),
        ("2", "Only a headline", "Border News", "", "", "Only a headline"),
    ]


def test_atom_is_read_too() -> None:
    entry = (
        '<entry><title>T</title><link rel="self" href="x"/><link href="https://news.example/2"/><updated>2024-05-07</updated>'
        '<published>2024-05-06</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry>'
    )
    found = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title>{entry}</feed>'.encode())
    assert found == [("1", "T", "Site", "2024-05-06", "https://news.example/2", "One.\nTwo.")]


def test_the_oldest_kind_is_known_whatever_it_is_called() -> None:
    head = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    assert read(head + b"<item><title>Words</title></item></rdf:RDF>")[0][-1] == "Words"


def test_one_that_is_cut_off_is_read_and_told() -> None:
    *found, fault = read(feed("<description>one</description>", "<description>two</description>")[:-60])
    assert found[0][-1] == "one"
    assert "cut off" in fault


def test_entities_neither_grow_nor_reach_a_file() -> None:
    grown = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghijkl"))
    head = f'?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{grown}<!ENTITY file SYSTEM "file:///etc/passwd">]>'

    def with_head(text: str) -> bytes:
        return feed(f"<description>{text}</description>").decode().replace("?>", head, 1).encode()

    assert read(with_head("&b; &file; words"))[0][-1] == f"{'a' * 100}  words"
    assert read(with_head("&l; words"))[0][-1] == "&l; words"


def test_a_feed_without_an_item_says_so() -> None:
    (fault,) = unpacked(feed(), "a.rss", "a.rss")
    assert isinstance(fault, InputError)
    assert "nothing in it has a text" in fault.why
