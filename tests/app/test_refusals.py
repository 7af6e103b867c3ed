"""What is refused is told in the reader's language: files, links, corrections, and a folder that is none."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import running
from tests.app.drawer import built_folder, open_drawer, rich_tables
from tests.app.running import ran
from tests.file_samples import STORY, packed, pdf
from timeline.app import session_texts
from timeline.app.keeping import forget_all
from timeline.app.session_texts import Given, Own, read
from timeline.documents import SUFFIXES, fetch
from timeline.errors import InputError, own_fault
from timeline.i18n import words
from timeline.pipeline import Extractor
from timeline.store import FILES

DAMAGED = b"%PDF-1.4\n" + b"nonsense " * 40
BOMB = packed({"a.txt": b"a" * 3_000_000})


def told(given: Given, engine: Extractor, language: str) -> list[tuple[str, str]]:
    return [one.told(words(language)) for one in read(given, engine, []) if isinstance(one, InputError)]


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "data", "vi", "zh"),
        [
            (
                "a.pdf",
                DAMAGED,
                ("tệp PDF bị hỏng", "hãy mở và lưu lại, hoặc lưu phần chữ thành tệp văn bản"),
                ("PDF文件已损坏", "请打开后重新保存，或将其中文字另存为文本文件"),
            ),
            (
                "a.pdf",
                pdf(STORY, password="x"),
                ("được bảo vệ bằng mật khẩu", "hãy lưu một bản không có mật khẩu"),
                ("有密码保护", "请另存一份不带密码的副本"),
            ),
            (
                "a.txt",
                b"word " * 50_000,
                ("văn bản dài 250.000 ký tự, mỗi lần chỉ đọc tối đa 200.000", "hãy gửi làm nhiều phần"),
                ("文本有250,000个字符，每次最多读取200,000个", "请分成几部分提交"),
            ),
            (
                "a.txt",
                b"\x89PNG\r\n\x1a\n",
                ("đây là tệp ảnh, không phải văn bản", "hãy lưu phần chữ thành tệp văn bản UTF-8"),
                ("这是图片，不是文本", "请将其中文字另存为UTF-8文本文件"),
            ),
            (
                "a.zip",
                packed({"a.png": b"x"}),
                (f"tệp nén không chứa văn bản nào ({', '.join(SUFFIXES)})", "hãy nén các tệp thuộc những loại này"),
                (f"压缩包内没有文本（{'、'.join(SUFFIXES)}）", "请打包这些类型的文件"),
            ),
        ],
    )
    def test_are_refused_in_each_language(
        self, engine: Extractor, name: str, data: bytes, vi: tuple[str, str], zh: tuple[str, str]
    ) -> None:
        assert told(Given(name, data), engine, "vi") == [vi]
        assert told(Given(name, data), engine, "zh") == [zh]

    def test_too_large_a_file_is_too(self, engine: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(session_texts, "MAX_FILE_BYTES", 1_000_000)
        given = Given("a.txt", b"x" * 1_000_001)
        assert told(given, engine, "vi") == [("lớn hơn 1 MB", "hãy chia nhỏ")]
        assert told(given, engine, "zh") == [("超过1 MB", "请拆分")]

    def test_an_archive_that_is_made_to_fill_the_memory_is_too(self, engine: Extractor) -> None:
        times = zipfile.ZipFile(io.BytesIO(BOMB)).infolist()[0].file_size // len(BOMB)
        assert told(Given("a.zip", BOMB), engine, "vi") == [
            (f"tệp nén khi giải nén lớn gấp {times} lần, điều không xảy ra với văn bản", "hãy nén lại các văn bản")
        ]
        assert told(Given("a.zip", BOMB), engine, "zh") == [(f"压缩包解压后达到原大小的{times}倍，文本不会如此", "请重新打包这些文本")]

    def test_a_fault_of_ours_is_told_without_where_in_the_program(
        self, engine: Extractor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fails(document: object) -> None:
            try:
                raise ValueError("/srv/secret")
            except ValueError as fault:
                raise own_fault("/srv/secret/a.txt", fault) from fault

        monkeypatch.setattr(engine, "read", fails)
        assert told(Given("a.txt", STORY[0].encode()), engine, "zh") == [("因本程序出错而无法读取", "请报告此问题")]
        assert "test_refusals.py" in caplog.text

    def test_the_same_text_again_is_too(self, engine: Extractor) -> None:
        given = Given("{most}.txt", STORY[0].encode())
        held = [one for one in read(given, engine, []) if isinstance(one, Own)]
        (fault,) = read(given, engine, held)
        assert isinstance(fault, InputError)
        assert (fault.where, *fault.told(words("zh"))) == ("{most}.txt", "您的文本中已有此篇", "无需处理")

    def test_a_pasted_text_is_called_by_the_name_it_was_given(self, engine: Extractor) -> None:
        (fault,) = read(Given("pasted-1.txt", STORY[0].encode(), "tlh", is_pasted=True), engine, [])
        assert isinstance(fault, InputError)
        assert fault.where == "pasted-1.txt"
        assert fault.told(words("vi"))[0] == "ngôn ngữ này chưa được hỗ trợ"


def script() -> None:
    import streamlit as st

    from tests.app import test_add_page
    from timeline.app import language

    language.settle(st.session_state["asked"])
    test_add_page.script()


def add_page(lang: str) -> AppTest:
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["asked"] = lang
    return ran(app.run())


@pytest.mark.usefixtures("folder")
class TestAddPage:
    @pytest.mark.parametrize(
        ("lang", "locked", "damaged"),
        [
            (
                "vi",
                r"- **b\.pdf**: được bảo vệ bằng mật khẩu. Hãy lưu một bản không có mật khẩu.",
                r"- **a\.pdf**: tệp PDF bị hỏng. Hãy mở và lưu lại, hoặc lưu phần chữ thành tệp văn bản.",
            ),
            (
                "zh",
                r"- **b\.pdf**：有密码保护。请另存一份不带密码的副本。",
                r"- **a\.pdf**：PDF文件已损坏。请打开后重新保存，或将其中文字另存为文本文件。",
            ),
        ],
    )
    def test_refused_files_are_told(self, lang: str, locked: str, damaged: str) -> None:
        app = add_page(lang)
        files = [("a.pdf", DAMAGED, "application/pdf"), ("b.pdf", pdf(STORY, password="x"), "application/pdf")]
        app.file_uploader[0].set_value(files).run()
        ran(app.button(key="upload-send").click().run())
        assert app.error[0].value.splitlines()[2:] == [damaged, locked]

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("vi", r"địa chỉ dẫn tới mạng nội bộ hoặc chính máy chủ này. Hãy nhập địa chỉ của một trang công khai."),
            ("zh", r"网址指向内部网络或本服务器。请填写公开网页的网址。"),
        ],
    )
    def test_a_refused_link_is_told(self, monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
        monkeypatch.setenv("TIMELINE_ALLOW_FETCH", "1")
        app = add_page(lang)
        app.text_area[1].set_value("http://127.0.0.1/admin")
        ran(next(button for button in app.button if button.label == words(lang).gettext("Fetch and read")).click().run())
        assert app.error[0].value.endswith(said)


@pytest.mark.parametrize(
    ("url", "vi", "zh"),
    [
        ("ftp://news.example/a", "chỉ tải các địa chỉ bắt đầu bằng http:// hoặc https://", "只抓取以http://或https://开头的网址"),
        ("https://news.example:8443/", "chỉ truy cập các cổng thông thường, không truy cập cổng 8443", "只访问常用端口，不访问端口8443"),
    ],
)
def test_a_link_that_is_not_even_asked_is_told_why(url: str, vi: str, zh: str) -> None:
    with pytest.raises(InputError) as fault:
        fetch.fetch(url)
    assert fault.value.told(words("vi"))[0] == vi
    assert fault.value.told(words("zh"))[0] == zh


class TestCorrections:
    @pytest.fixture(autouse=True)
    def kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        monkeypatch.setenv("TIMELINE_DATA", str(built_folder(tmp_path / "built", rich_tables())))
        monkeypatch.setenv("TIMELINE_CORRECTIONS", str(tmp_path / "corrections.csv"))
        yield tmp_path / "corrections.csv"
        forget_all()

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("en", "The correction was not saved: '={x}' begins as a formula of a spreadsheet does."),
            ("vi", "Chưa lưu được đính chính: “={x}” bắt đầu như một công thức của bảng tính."),
            ("zh", "更正未能保存：“={x}”的开头与电子表格公式相同。"),
        ],
    )
    def test_a_value_that_is_refused_is_told(self, kept: Path, lang: str, said: str) -> None:
        app = open_drawer("e-fair", lang)
        ran(app.selectbox(key="correct-field-e-fair").set_value("title").run())
        (title,) = [box for box in app.text_input if (box.key or "").startswith("correct-title-e-fair-")]
        title.set_value("={x}")
        app.text_input(key="correct-who-e-fair").set_value("Lan")
        app.text_area(key="correct-why-e-fair-title").set_value("seen there")
        ran(app.button(key="correct-save").click().run())
        assert unescaped(app.error[0].value) == said
        assert not kept.exists()

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("vi", "Không đọc được tệp đính chính: không có các cột target, field, value."),
            ("zh", "无法读取更正文件：缺少target、field、value列。"),
        ],
    )
    def test_a_file_of_something_else_is_told(self, kept: Path, lang: str, said: str) -> None:
        kept.write_text("a,b\n1,2\n", encoding="utf-8")
        assert open_drawer(page="changes", lang=lang).error[0].value == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ": not a built folder: {} missing (run `timeline build` to make one)."),
        ("vi", ": không phải thư mục dữ liệu đã dựng: thiếu {} (hãy chạy `timeline build` để dựng dữ liệu)."),
        ("zh", "：不是已生成数据的文件夹：缺少{}（请运行 `timeline build` 生成）。"),
    ],
)
def test_a_folder_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
    monkeypatch.setattr("sys.argv", ["streamlit_app.py"])
    monkeypatch.setenv("TIMELINE_DATA", str(tmp_path))
    files = words(lang).enumerated(FILES.values())
    assert unescaped(running.run(lang=lang).info[0].value).endswith(said.format(files))


def unescaped(markdown: str) -> str:
    return markdown.replace("\\", "")
