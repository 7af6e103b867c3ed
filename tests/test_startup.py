"""What importing the package and asking for help pull in, and that a frame has its `.timeline` whoever is imported first."""

import subprocess
import sys

import pytest

import timeline

# What takes long to import, of what the library uses.
HEAVY = {"altair", "babel", "dateparser", "lxml", "numpy", "pandas", "pyarrow", "streamlit", "trafilatura", "dask"}


def told(program: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def modules(program: str) -> set[str]:
    """The modules that a program has imported in the end."""
    return set(told(f"import sys\n{program}\nprint('modules', *sys.modules)").rpartition("modules ")[2].split())


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not modules("import timeline") & HEAVY


def test_beside_pandas_the_package_imports_next_to_nothing() -> None:
    own = {name for name in modules("import timeline, pandas") if name.split(".")[0] == "timeline"}
    assert own == {"timeline", "timeline.registration", "timeline.version"}


def test_help_imports_nothing_heavy() -> None:
    program = "from timeline.cli import main\ntry: main(['build', '--help'])\nexcept SystemExit: pass"
    assert not modules(program) & HEAVY


@pytest.mark.parametrize("imports", ["import pandas, timeline", "import timeline, pandas", "import timeline.accessor, pandas"])
def test_a_frame_has_its_accessor_whoever_is_imported_first(imports: str) -> None:
    program = f"{imports}; events = timeline.load('data/built').events; print(type(events.timeline).__name__)"
    assert told(program) == "TimelineAccessor\n"
    assert told(f"{imports}; print(hasattr(pandas.DataFrame, 'timeline'), hasattr(pandas.DataFrame(), 'timeline'))") == "True False\n"


def test_looking_for_pandas_does_not_import_it() -> None:
    program = "import timeline; from importlib.util import find_spec; find_spec('pandas'); find_spec('timeline.watch')"
    assert not modules(program) & {"pandas", "timeline.watch"}


def test_pandas_is_loaded_by_its_own_loader() -> None:
    assert told("import timeline, pandas; print(type(pandas.__loader__).__name__, pandas.__spec__.origin == pandas.__file__)") == (
        "SourceFileLoader True\n"
    )


@pytest.mark.parametrize("program", ["import timeline, pandas; again(timeline)", "import timeline; again(timeline); import pandas"])
def test_reloading_warns_of_nothing(program: str) -> None:
    told(f"import warnings; warnings.simplefilter('error'); from importlib import reload as again; {program}; pandas.DataFrame.timeline")


def test_every_public_name_is_there() -> None:
    assert all(getattr(timeline, name) is not None for name in timeline.__all__)
    assert set(timeline.__all__) <= set(dir(timeline))


def test_a_part_of_the_package_need_not_be_imported_by_name() -> None:
    assert told("import timeline; print(timeline.edtf.parse('2025-08').precision)") == "month\n"


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="'timeline' has no attribute 'bild'"):
        timeline.bild  # type: ignore[attr-defined]  # noqa: B018
