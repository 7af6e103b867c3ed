"""A build over files made to break it reads all the good ones, tells each of the others in a line, and counts what was given."""

import os
from pathlib import Path

import pytest

from tests.safety.hostile import Corpus, build_in_parts, build_whole, checked, make

pytestmark = pytest.mark.skipif(os.name != "posix", reason="its links, pipes and names are those of POSIX systems")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return make(tmp_path_factory.mktemp("hostile"), is_small=True)


def test_hostile_files_cost_themselves(corpus: Corpus, tmp_path: Path) -> None:
    whole = build_whole(corpus, tmp_path / "whole")
    assert checked(corpus, whole) == []
    parts = build_in_parts(corpus, tmp_path / "parts")
    assert checked(corpus, parts) == []
    assert sorted(parts.paths) == sorted(whole.paths)
    assert sorted(map(str, parts.failures)) == sorted(map(str, whole.failures))
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name]
