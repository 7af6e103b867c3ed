"""A mail: its words, what its head tells, what is attached, and what is done to it."""

from contextlib import suppress

import pytest

from tests.file_samples import STORY, mail, packed, page, pdf
from timeline.documents.container import Member
from timeline.documents.formats import read_as
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError


def read(data: bytes) -> list[Member | InputError]:
    return list(unpacked(data, "a.eml", "a.eml"))


def texts(data: bytes) -> dict[str, str]:
    found = {}
    for one in read(data):
        assert isinstance(one, Member)
        found[one.name] = read_as(one.format, one.data, one.name).told(one.told).text
    return found


def test_the_head_tells_title_sender_day_and_address() -> None:
    (found,) = read(mail("Nhân dịp này.", Subject="Mở cửa khẩu", Archived_At="<https://lists.example/1>"))
    assert isinstance(found, Member)
    assert (found.told.title, found.told.publisher) == ("Mở cửa khẩu", "Border Desk")
    assert (found.told.published, found.told.source_url) == ("2024-05-06", "https://lists.example/1")  # where it was written it was the 6th
    (listed,) = read(mail("Words.", List_Id='"Border news" <border.lists.example>'))
    assert isinstance(listed, Member)
    assert listed.told.publisher == "Border news"


def test_plain_text_goes_before_its_html_and_stands_under_the_subject() -> None:
    assert texts(mail("Plain words.", "<p>Marked words.</p>")) == {"": "Gate opened in Cao Bang\n\nPlain words."}


def test_lines_that_were_broken_are_joined_and_marks_of_quoting_taken_off() -> None:
    wrapped = "On 5 May 2024 the border gate of Tra Linh was opened to travellers, as was\nsaid.\n\n> It was raining.\n"
    assert texts(mail(wrapped))[""].splitlines()[2:] == [
        "On 5 May 2024 the border gate of Tra Linh was opened to travellers, as was said.",
        "",
        "It was raining.",
    ]


def test_of_html_all_that_is_seen_is_read() -> None:
    body = "<div style='display:none'>Preview</div><style>p{}</style><p>One<br>two</p>"
    body += "<table><tr><td>Gate</td><td>Class</td></tr></table><p>Yours"
    assert texts(mail("", body))[""].splitlines()[2:] == ["One", "two", "Gate | Class", "Yours"]


def test_html_of_any_depth_is_read_whole() -> None:
    assert texts(mail("", "<div>" * 2_000 + "deep" + "</div>" * 2_000 + "<p>after</p>"))[""].endswith("deep\nafter")


def test_attached_files_are_documents_of_their_own() -> None:
    attached = {"r.pdf": pdf(STORY), "n.zip": packed({"in/x.txt": "packed"}), "photo.jpg": b"x", "fwd.eml": mail("Sent on.")}
    found = texts(mail("Words.", attached=attached))
    assert list(found) == ["", "r.pdf", "n.zip/in/x.txt", "fwd.eml"]
    assert STORY[0] in found["r.pdf"]
    assert found["fwd.eml"].endswith("Sent on.")


def test_names_that_lead_out_or_come_twice_are_given_others() -> None:
    twice = mail("x", attached={"../../etc/a.txt": b"1", "a:b.txt": b"2", "x" * 300 + ".txt": b"3"})
    assert list(texts(twice)) == ["", "a.txt", "2.txt", "3.txt"]
    parts = b"".join(b"--b\nContent-Disposition: attachment; filename=a.txt\n\n%d\n" % number for number in range(3))
    found = texts(b"From: a\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--")
    assert list(found) == ["a.txt", "2-a.txt", "3-a.txt"]


def test_a_page_saved_as_a_mail_is_read_as_a_page() -> None:
    saved = mail("", page(), From="<Saved by a browser>", Subject="x", Snapshot_Content_Location="https://news.example/1")
    (found,) = read(saved)
    assert isinstance(found, Member)
    assert (found.format, found.told.source_url, found.told.published) == ("html", "https://news.example/1", "")


def test_letters_that_the_head_does_not_tell_are_not_guessed() -> None:
    raw = "From: a\nSubject: Cửa khẩu\nContent-Type: text/plain; charset=windows-1258\n\n".encode() + "Lê khai trương".encode("cp1258")
    assert texts(raw)[""] == "Cửa khẩu\n\nLê khai trương"


class TestHostile:
    def test_one_that_is_cut_off_is_read_and_told(self) -> None:
        *found, fault = read(mail("Words.", attached={"a.txt": b"attached"})[:-20])
        assert [one.name for one in found if isinstance(one, Member)] == ["", "a.txt"]
        assert isinstance(fault, InputError)
        assert "cut off" in fault.why

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"From: a\nSubject: b\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nVersion: 1\n--x--", "encrypted"),
            (b"From: a\nSubject: b\nContent-Type: application/pkcs7-mime\n\nMIAG", "encrypted"),
            (b"From: a\nSubject: b\n\n", "holds no text"),
            (
                b"From: a\nSubject: b\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (k, k) for k in range(2_000)),
                "parts in",
            ),
            (b"From: a\nSubject: b\n" + b"Content-Type: message/rfc822\n\n" * 400, "parts in parts"),
            # of so many boundaries each line would be held against every one
            (
                b"From: a\nSubject: b\n"
                + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (k, k) for k in range(250))
                + b"\nwords\n" * 9,
                "parts in",
            ),
            (b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 30_000, "beyond measure"),
        ],
    )
    def test_what_cannot_be_read_costs_one_sentence(self, data: bytes, said: str) -> None:
        (fault,) = read(data)
        assert isinstance(fault, InputError)
        assert said in fault.why

    def test_a_head_made_to_take_long_takes_no_time(self) -> None:
        head = (
            b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\nFrom: " + b"(" * 100_000 + b"\nContent-Type: text/plain; " + b"a=b; " * 20_000
        )
        (found,) = read(head + b"\n\nWords.")
        assert isinstance(found, Member)

    def test_html_that_never_closes_costs_one_sentence_at_most(self) -> None:
        with suppress(InputError):
            assert texts(mail("", "<table><tr><td>" * 15_000 + "x"))[""]


@pytest.mark.parametrize(
    "field",
    [
        *("Content-Type: text/plain", "Content-Disposition: inline", "Content-Type: multipart/mixed; boundary=b"),
        "To: a line's end of old\rContent-Type: text/plain",
    ],
)
def test_a_field_of_endless_parameters_takes_no_time(field: str) -> None:
    # Ten minutes, where every semicolon has the quotes counted anew.
    data = f'Subject: A\n{field}; x="{";" * 400_000}"\n\nThe talks were held in Hanoi.\n'.encode()
    found = list(unpacked(data, "a.eml", "a.eml"))
    assert len(found) == 1


def test_a_part_of_many_parameters_keeps_those_that_are_its_own() -> None:
    disposition = 'attachment; filename="a;b.txt"; ' + "; ".join(f"x{k}=1" for k in range(90))
    data = f"From: a\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: {disposition}\n\nx\n--b--"
    assert list(texts(data.encode())) == ["a;b.txt"]
