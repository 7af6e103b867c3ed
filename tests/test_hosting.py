"""What the container file and the page on hosting say, against what the project is; no container is built here."""

import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECIPE = (ROOT / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
# What the app reads at run time.
NEEDED = ("streamlit_app.py", "requirements.txt", ".streamlit/config.toml", "data/knowledge/provinces.csv", "timeline/app/main.py")
NEEDED += ("data/map/outline.json", "timeline/locale/vi/LC_MESSAGES/timeline.po")


def steps(name: str) -> list[str]:
    """The arguments of every instruction of that name, continued lines joined."""
    return re.findall(rf"^{name}\s+(.*)$", RECIPE.replace("\\\n", " "), re.MULTILINE)


def settings() -> dict[str, str]:
    return dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(steps("ENV"))))


def copied() -> list[str]:
    """What the build takes from the project."""
    return [source for step in steps("COPY") if "--from=" not in step for source in step.split()[:-1]]


def let_through() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    return [line[1:] for line in lines if line.startswith("!")]


def health() -> list[str]:
    (command,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*\])$", RECIPE.replace("\\\n", " "), re.MULTILINE)
    found: list[str] = json.loads(command)
    return found


class TestContainerfile:
    def test_bases_are_plain_names_of_slim_debian_images(self) -> None:
        assert {step.split()[0] for step in steps("FROM")} == {"python:${PYTHON}-slim-bookworm"}

    def test_python_is_one_that_the_project_supports(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        least = tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
        assert tuple(map(int, steps("ARG")[0].removeprefix("PYTHON=").split("."))) >= least

    def test_pinned_packages_hold_all_that_the_app_declares(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        declared = [*project["dependencies"], *project["optional-dependencies"]["app"]]
        pinned = [re.split("[=<>!~ ;]", line)[0] for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()]
        assert {_normal(line) for line in declared} <= {_normal(name) for name in pinned}
        assert any("-r /tmp/requirements.txt" in step for step in steps("RUN"))

    def test_it_starts_the_entry_point(self) -> None:
        command = json.loads(steps("CMD")[-1])
        assert command[:4] == ["python", "-m", "streamlit", "run"]
        assert (ROOT / command[4]).is_file()
        assert command[4] in copied()

    @pytest.mark.parametrize("path", NEEDED)
    def test_what_the_app_reads_is_let_through_and_copied(self, path: str) -> None:
        assert (ROOT / path).is_file()
        assert any(path == name or path.startswith(f"{name}/") for name in let_through())
        assert any(path == name or path.startswith(f"{name}/") for name in copied())

    @pytest.mark.parametrize("path", ["seeds", "data/built", ".git", "tests"])
    def test_texts_and_what_is_made_of_them_stay_out(self, path: str) -> None:
        assert not any(path == name or path.startswith(f"{name}/") or name.startswith(f"{path}/") for name in let_through())

    def test_everything_that_is_copied_exists(self) -> None:
        assert [name for name in copied() if not (ROOT / name).exists()] == []

    def test_it_runs_as_nobody_in_particular_and_holds_no_secret(self) -> None:
        assert steps("USER")[-1].split(":")[0].isdecimal()
        assert RECIPE.index("\nUSER") < RECIPE.index("\nCMD")
        assert not re.search(r"secret|password|token|index-url", RECIPE, re.IGNORECASE)

    def test_port_is_the_one_that_is_exposed(self) -> None:
        assert settings()["STREAMLIT_SERVER_PORT"] == steps("EXPOSE")[0]


class TestHealth:
    @pytest.fixture
    def server(self) -> Iterator[tuple[int, list[str]]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200 if self.path.endswith("/_stcore/health") else 404)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Handler) as listening:
            thread = threading.Thread(target=listening.serve_forever)
            thread.start()
            yield listening.server_port, asked
            listening.shutdown()
            thread.join()

    def check(self, **environ: str) -> int:
        return subprocess.run([sys.executable, *health()[1:]], env=environ, capture_output=True, check=False).returncode

    @pytest.mark.parametrize(
        ("base", "path"), [("", "/_stcore/health"), ("timeline", "/timeline/_stcore/health"), ("/a/b/", "/a/b/_stcore/health")]
    )
    def test_it_asks_streamlit_below_the_base_path_past_any_proxy(self, server: tuple[int, list[str]], base: str, path: str) -> None:
        port, asked = server
        status = self.check(STREAMLIT_SERVER_PORT=str(port), STREAMLIT_SERVER_BASE_URL_PATH=base, http_proxy="http://127.0.0.1:9")
        assert (status, asked) == (0, [path])

    def test_a_server_that_is_gone_is_not_healthy(self, server: tuple[int, list[str]]) -> None:
        assert self.check(STREAMLIT_SERVER_PORT="9") != 0


class TestPage:
    def test_variables_are_those_that_the_code_reads(self) -> None:
        code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "timeline").rglob("*.py"))
        assert set(re.findall(r"TIMELINE_[A-Z_]+", PAGE + RECIPE)) == set(re.findall(r"TIMELINE_[A-Z_]+", code))

    def test_settings_of_streamlit_exist(self) -> None:
        from streamlit import config

        options = config.get_config_options(force_reparse=False)
        named = set(re.findall(r"(?:`|--)(server\.\w+)", PAGE))
        assert "server.maxUploadSize" in named
        assert named <= set(options)
        assert set(re.findall(r"STREAMLIT_[A-Z_]+[A-Z]\b(?!_)", PAGE + RECIPE)) <= {option.env_var for option in options.values()}

    def test_limits_are_those_of_the_code(self) -> None:
        from timeline.app import upload_memory
        from timeline.app.session_texts import MAX_CHARACTERS, MAX_FILE_BYTES, MAX_TOTAL_BYTES
        from timeline.documents import archive, in_child

        million = 1_000_000
        assert f"{MAX_FILE_BYTES // million} MB a file and {MAX_TOTAL_BYTES // million} MB together" in PAGE
        assert f"more than {archive.MAX_TOTAL_BYTES // million} MB" in PAGE
        assert archive.MAX_RATIO == 100
        (passed,) = re.findall(r"client_max_body_size (\d+)m;", PAGE)
        assert int(passed) > MAX_FILE_BYTES // million
        config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
        assert config["server"]["maxUploadSize"] == MAX_FILE_BYTES // million
        assert f"are {config['server']['maxMessageSize']} and {config['server']['maxWidgetStateSize']} in" in PAGE
        assert config["server"]["maxWidgetStateSize"] * million > MAX_CHARACTERS * 4  # a pasted text, in the longest letters
        held = (upload_memory.MOST_BYTES, upload_memory.MOST_BYTES_OF_ALL)
        assert "{} files and {} MB, of all together {} MB".format(upload_memory.MOST_FILES, *(size // million for size in held)) in PAGE
        assert f"{in_child.MAX_MEMORY >> 20} MB of address space and {in_child.MAX_SECONDS} seconds" in PAGE

    def test_protections_stay_on(self) -> None:
        config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
        assert not re.search(r"enable_?(CORS|XSRF_?Protection)\s*=\s*\"?(false|0)", config + PAGE + RECIPE, re.IGNORECASE)


def _normal(requirement: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[=<>!~ ;\[]", requirement)[0]).lower()
