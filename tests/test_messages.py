"""What a reader is told of a fault: templates filled in each language, and none of them unmarked."""

import ast
import importlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import timeline
from timeline.documents import html_page, pdf_file, word_file
from timeline.errors import InputError, own_fault
from timeline.i18n import words
from timeline.messages import filled

PACKAGE = Path(timeline.__file__).parent
# What a reader of the app can meet; the rest speaks on the command line only.
TOLD = (
    *sorted((PACKAGE / "documents").glob("*.py")),
    *sorted((PACKAGE / "corrections").glob("*.py")),
    *(PACKAGE / name for name in ("app/session_texts.py", "export/chart_files.py", "errors.py", "store.py", "pipeline.py", "edtf.py")),
)
# Which arguments of a call are templates.
TEMPLATES = {"InputError": {"why": 1, "remedy": 2}, "Overtaken": {"why": 1, "remedy": 2}, "EdtfError": {"template": 0}}


class TestFilling:
    def test_numbers_and_lists_are_said_as_the_language_does(self) -> None:
        values = {"most": 200_000, "number": 1_250_000}
        template = "it has {number:,} characters, and at most {most:,} are read at once"
        assert filled(template, values) == "it has 1,250,000 characters, and at most 200,000 are read at once"
        assert filled(template, values, words("vi")) == "văn bản dài 1.250.000 ký tự, mỗi lần chỉ đọc tối đa 200.000"
        assert filled(template, values, words("zh")) == "文本有1,250,000个字符，每次最多读取200,000个"
        assert filled("one of {names}", {"names": ("a", "b")}) == "one of a, b"
        assert filled("one of {names}", {"names": ("a", "b")}, words("zh")) == "可选：a、b"

    def test_a_place_and_a_code_are_not_grouped(self) -> None:
        fault = InputError("a", "the archive holds more than {most} files", most=2_000)
        assert fault.why == "the archive holds more than 2000 files"
        assert fault.told(words("vi"))[0] == "tệp nén chứa hơn 2000 tệp"

    @pytest.mark.parametrize("value", ["{most}", "{", "}}", "{0.__class__}", "{value!r:>{most}}"])
    def test_braces_in_a_value_are_text(self, value: str) -> None:
        fault = InputError("a", "{value!r} is no status", "one of {names}", value=value, names=(value,))
        assert str(fault) == f"a: {value!r} is no status (one of {value})"
        assert fault.told(words("zh")) == (f"“{value}”不是有效状态", f"可选：{value}")

    def test_a_sentence_written_out_may_hold_braces(self) -> None:
        assert str(InputError("a", "no kind of event in '{x}'", "write {} out")) == "a: no kind of event in '{x}' (write {} out)"


class TestInputError:
    def test_english_stands_in_it_whoever_is_told(self) -> None:
        fault = InputError("a.pdf", "the PDF is larger than {size} MB", "split it", size=50)
        assert (fault.where, fault.why, fault.remedy) == ("a.pdf", "the PDF is larger than 50 MB", "split it")
        assert fault.told(words("vi")) == ("tệp PDF lớn hơn 50 MB", "hãy chia nhỏ")
        assert fault.told(words("en")) == (fault.why, fault.remedy)
        assert str(fault) == "a.pdf: the PDF is larger than 50 MB (split it)"

    def test_by_another_name_it_is_told_in_each_language_still(self) -> None:
        fault = InputError("yours/a.pdf", "the PDF is larger than {size} MB", size=50).at("a.pdf")
        assert str(fault) == "a.pdf: the PDF is larger than 50 MB"
        assert fault.told(words("zh")) == ("PDF文件超过50 MB", "")

    def test_a_fault_of_ours_is_told_too(self) -> None:
        try:
            {}["{x}"]
        except KeyError as raised:
            fault = own_fault("a.txt", raised)
        assert "by a fault of this program (KeyError in test_messages.py:" in fault.why
        assert fault.told(words("vi"))[0].startswith("không đọc được do lỗi của chương trình (KeyError in test_messages.py:")
        assert fault.told(words("vi"))[1] == "mong bạn báo lại lỗi này"


@pytest.mark.parametrize("module", [pdf_file, html_page, word_file])
def test_each_format_tells_every_fault_that_any_may_have(module: object) -> None:
    faults = module._FAULTS  # type: ignore[attr-defined]
    assert faults.keys() >= {"broken", "slow", "damaged", "memory", "strained", "long"}


class Sources:
    """Modules whose templates are followed from where they are told back to where they stand."""

    def __init__(self, sources: dict[str, str]) -> None:
        # Each function with what stands in it, and each statement outside of one.
        self.parts = [(name, part) for name, source in sources.items() for part in parts_of(ast.parse(source))]
        self.known = bindings(part for _, part in self.parts if not isinstance(part, ast.FunctionDef))
        self.attributes: dict[str, list[ast.expr]] = defaultdict(list)
        for node in (node for _, part in self.parts for node in ast.walk(part) if isinstance(node, ast.Call)):
            if called(node) == "Kind":
                self.attributes["faults"] += node.args[1:2]
            elif called(node) == "EdtfError":
                self.attributes["template"] += node.args[:1]

    def unmarked(self) -> list[str]:
        """Where a template is told that is not marked, or that cannot be followed to where it stands."""
        return [
            f"{module}:{node.lineno}: {ast.unparse(leaf)}"
            for module, part in self.parts
            for node in ast.walk(part)
            if isinstance(node, ast.Call)
            for _, template in templates_of(node)
            for leaf in self._leaves(template, bindings([part]) if isinstance(part, ast.FunctionDef) else {}, frozenset())
        ]

    def _leaves(self, node: ast.expr, own: dict[str, list[ast.expr]], passed: frozenset[str]) -> Iterator[ast.expr]:
        inner: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Name("N_"), args=[ast.Constant(str())]) | ast.Constant("" | bytes()):
                return
            case ast.Name(name) if name not in passed:
                inner, passed = own.get(name, self.known.get(name, [])), passed | {name}
            case ast.Attribute(attr=name) if name not in passed:
                # A constant of another module, or what all kinds and all errors of EDTF are made with.
                inner, passed = self.known.get(name, self.attributes[name]), passed | {name}
            case ast.Subscript(value=value):
                inner = [value]
            case ast.Dict(values=values) | ast.Tuple(elts=values):
                inner = values
            case ast.IfExp(body=body, orelse=orelse):
                inner = [body, orelse]
        if not inner:
            yield node
        for one in inner:
            yield from self._leaves(one, own, passed)


def parts_of(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from (one for one in parts_of(node) if isinstance(one, ast.FunctionDef))
        else:
            yield node


def bindings(parts: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """What each name stands for; of a parameter nobody knows."""
    found: dict[str, list[ast.expr]] = defaultdict(list)

    def pair(target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            found[target.id].append(value)
        elif isinstance(target, ast.Tuple):
            values = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
            for one, part in zip(target.elts, values, strict=True):
                pair(one, part)

    for node in (node for part in parts for node in ast.walk(part)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pair(target, node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            pair(node.target, node.value)
        elif isinstance(node, ast.For):
            for name in (one for one in ast.walk(node.target) if isinstance(one, ast.Name)):
                found[name.id].append(node.iter)
        elif isinstance(node, ast.arg):
            found[node.arg].append(ast.Constant(None))
    return found


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def templates_of(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    for name, place in TEMPLATES.get(called(node), {}).items():
        starred = any(isinstance(one, ast.Starred) for one in node.args[: place + 1])
        if starred or len(node.args) > place:
            yield name, node.args[min(place, len(node.args) - 1)]


def test_whatever_a_reader_is_told_is_marked_for_the_catalogues() -> None:
    sources = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in TOLD}
    assert sum(source.count("InputError(") for source in sources.values()) > 60
    assert Sources(sources).unmarked() == []


@pytest.mark.parametrize(
    "told",
    [
        'InputError(w, "bare")',
        'InputError(w, f"a {x}", N_("b"))',
        'InputError(w, N_("a"), f"b {x}")',
        'InputError(w, N_("a"), "bare", x=1)',
        'InputError(w, N_(f"a {x}"))',
        "InputError(w, *pair)",
        "InputError(w, unknown)",
        "def raised(w, why):\n    InputError(w, why)",
        'InputError(w, N_("a"), N_("b"))\nInputError(w, fault.why, fault.remedy)',  # filled already
        'why = "bare"\nInputError(w, why)',
        'why, remedy = N_("a"), "bare"\nInputError(w, why, remedy)',
        'InputError(w, N_("a") if x else "bare")',
        'Kind("pdf", {"slow": (N_("a"), "bare")})\nwhy, remedy = kind.faults[x]\nInputError(w, why, remedy)',
        'for signature, why in ((b"x", "bare"),):\n    InputError(w, why)',
        'Overtaken(w, "bare")',
        'EdtfError("{text} bare", text)',
    ],
)
def test_the_check_sees_what_is_not(told: str) -> None:
    assert Sources({"a.py": told}).unmarked()


def test_the_check_takes_what_is() -> None:
    marked = (
        'InputError(w, N_("a {x}"), N_("b"), x=1)\nAS = N_("c")\nInputError(w, AS, errors.AS)\n'
        'Kind("pdf", {"slow": (N_("a"), AS)}, 3)\nwhy, remedy = kind.faults[x]\nInputError(w, why, remedy)\n'
        'for signature, told in ((b"x", N_("d")),):\n    InputError(w, told)\n'
        'EdtfError(N_("e"), text)\nInputError(w, fault.template)'
    )
    assert Sources({"a.py": marked}).unmarked() == []


def test_the_templates_need_no_catalogue_to_be_marked() -> None:
    tree = ast.parse(Path(str(importlib.import_module("timeline.messages").__file__)).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "collections.abc", "string", "typing"}
