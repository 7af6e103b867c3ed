"""What a spreadsheet program shows of our files: LibreOffice, where the machine has it."""

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from tests.export.written import BUILT
from timeline.export import export

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def shown(path: Path, folder: Path, reading: str = "") -> pd.DataFrame:
    """The first sheet of a file as LibreOffice reads it, saved as its own format."""
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [str(OFFICE), home, "--headless", *([f"--infilter={reading}"] if reading else []), "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", str(folder / "ods"), str(path)], check=True, capture_output=True, timeout=120)
    return pd.read_excel(folder / "ods" / f"{path.stem}.ods", engine="calamine")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("name", "reading"), [("excel", ""), ("csv", "CSV:44,34,76")])
def test_the_events_are_shown_as_they_are(tmp_path: Path, name: str, reading: str) -> None:
    path = tmp_path / f"events{'.xlsx' if name == 'excel' else '.csv'}"
    export(BUILT, name, path)
    found = shown(path, tmp_path, reading)
    assert found["Event"].tolist() == BUILT.events["title"].tolist()
    assert found["Identifier"].tolist() == BUILT.events["event_id"].tolist()
    gates = found["Border gates"].fillna("").tolist()
    assert gates == ["; ".join(cell) for cell in BUILT.events["border_gates"]]
