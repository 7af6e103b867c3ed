"""What the host gives the app leave to do; off unless the environment says so, as a public host wants it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def corrections_file(environ: Mapping[str, str] | None = None) -> Path | None:
    """The file that readers' corrections are written to (TIMELINE_CORRECTIONS), or None where nobody may write any."""
    name = (os.environ if environ is None else environ).get("TIMELINE_CORRECTIONS", "").strip()
    return Path(name) if name else None


def may_fetch(environ: Mapping[str, str] | None = None) -> bool:
    """Whether readers may have the server fetch links (TIMELINE_ALLOW_FETCH=1)."""
    return (os.environ if environ is None else environ).get("TIMELINE_ALLOW_FETCH", "").strip() == "1"
