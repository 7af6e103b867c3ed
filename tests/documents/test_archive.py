"""A ZIP: the texts in it, and what it may not do."""

import io
import struct
import zipfile

import pytest

from tests.file_samples import packed
from timeline.documents import archive
from timeline.documents.archive import names_in
from timeline.documents.container import Budget, Member
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError


def members(data: bytes, budget: Budget | None = None) -> list[Member | InputError]:
    return list(archive.members(data, "a.zip", "a.zip", budget or Budget()))


def names(data: bytes) -> list[str]:
    return [one.name if isinstance(one, Member) else f"! {one}" for one in unpacked(data, "a.zip", "a.zip")]


def test_texts_come_out_by_name_and_the_rest_stays() -> None:
    files = {"b.txt": "b", "a/c.HTML": "c", "x.png": "x", ".hidden.txt": "h", "__MACOSX/b.txt": "m", "d/": ""}
    assert members(packed(files)) == [Member("a/c.HTML", b"c"), Member("b.txt", b"b")]


def test_an_archive_in_an_archive_is_opened_and_a_third_is_not() -> None:
    third = packed({"c.txt": "c"})
    second = packed({"b.txt": "b", "third.zip": third})
    found = names(packed({"a.txt": "a", "second.zip": second}))
    assert found[:2] == ["a.txt", "second.zip/b.txt"]
    assert found[2].startswith("! a.zip/second.zip/third.zip: archives stand in archives")


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "a\\b.txt", "C:/a.txt", "a\nb.txt", "x" * 300 + ".txt", "x/" * 600 + "a.txt"]
)
def test_a_path_that_leads_out_or_is_none_costs_only_itself(name: str) -> None:
    found = names(packed({name: "x", "good.txt": "y"}))
    assert [one for one in found if not one.startswith("!")] == ["good.txt"]
    assert len(found) == 2


def test_limits_hold_for_the_archive_and_all_in_it() -> None:
    inner = packed({"b.txt": "b", "c.txt": "c"})
    found = list(unpacked(packed({"a.txt": "a", "inner.zip": inner}), "a.zip", "a.zip", Budget(members=3)))
    assert "a.zip/inner.zip: the archive holds more than" in str(found[-1])
    with pytest.raises(InputError, match="unpacks to more than"):
        members(packed({"a.txt": "ab" * 1_000}), Budget(size=1_000))
    with pytest.raises(InputError, match="more than 2000 files"):
        members(packed({f"{number}.txt": "a" for number in range(4)}), Budget(members=3))


class TestHugeDirectories:
    """An archive of some megabytes may list hundreds of thousands of files; none is listed before they are counted."""

    @pytest.fixture(autouse=True)
    def _unopened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def opened(*_: object) -> None:
            raise AssertionError("its directory was read")

        monkeypatch.setattr(zipfile, "ZipFile", opened)

    def refused(self, data: bytes) -> None:
        assert names_in(data) == frozenset()
        with pytest.raises(InputError, match="more than 2000 files"):
            members(data)

    def test_that_tell_their_number(self) -> None:
        self.refused(ending(files=60_000, size=1_000))

    def test_that_tell_a_small_number(self) -> None:
        self.refused(ending(files=1, size=400_000 * 46))

    def test_behind_a_comment_and_in_a_comment(self) -> None:
        self.refused(ending(files=1, size=400_000 * 46, comment=b"x" * 60_000))
        self.refused(ending(files=1, size=400_000 * 46, offset=int.from_bytes(b"PK\x05\x06", "little")))

    def test_of_large_archives(self) -> None:
        self.refused(ending_64(files=400_000, size=1_000))
        self.refused(ending_64(files=1, size=400_000 * 46))


def ending(files: int, size: int, offset: int = 0, comment: bytes = b"") -> bytes:
    """The record at the end of an archive, and nothing of what it tells of."""
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, min(files, 0xFFFF), min(files, 0xFFFF), size, offset, len(comment)) + comment


def ending_64(files: int, size: int) -> bytes:
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, files, files, size, 0)
    return large + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1) + ending(0xFFFF, 0xFFFFFFFF)


def test_a_large_archives_ending_on_a_small_one_is_read() -> None:
    data = packed({"a.txt": "a"})
    at = data.index(b"PK\x05\x06")
    files, size, offset = struct.unpack_from("<HLL", data, at + 10)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, files, files, size, offset)
    data = data[:at] + large + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1) + ending(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    assert names(data) == ["a.txt"]


def test_what_packs_as_no_text_does_is_a_bomb() -> None:
    with pytest.raises(InputError, match="times its size"):
        members(packed({"a.txt": b"\x00" * 20_000_000}))


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(packed({"a.txt": b"a" * 5_000, "b.txt": "b"}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")  # the directory says that it unpacks to ten bytes
    found = members(bytes(data))
    assert isinstance(found[0], InputError)
    assert found[1] == Member("b.txt", b"b")


def test_a_member_behind_a_password_costs_only_itself() -> None:
    data = bytearray(packed({"a.txt": "a", "b.txt": "b"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    found = names(bytes(data))
    assert "protected by a password" in found[0]
    assert found[1] == "b.txt"


def test_ways_of_packing_that_unpack_without_limit_are_refused() -> None:
    assert "packed in a way" in names(packed({"a.txt": "a" * 100}, zipfile.ZIP_BZIP2))[0]


def test_a_name_that_stands_twice_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.txt", "2")
    assert "twice" in names(out.getvalue())[1]


def test_damage_and_emptiness_are_told() -> None:
    with pytest.raises(InputError, match="damaged"):
        members(b"PK\x03\x04 nothing more")
    with pytest.raises(InputError, match="holds no text"):
        members(packed({"a.png": "x"}))


def test_an_archive_of_a_version_to_come_is_refused() -> None:
    data = bytearray(packed({"a.txt": "a"}))
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 6, 86)  # the version that reading it takes
    with pytest.raises(InputError, match="damaged"):
        members(bytes(data))
