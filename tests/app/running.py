"""Running the app, or one page of it, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

WHOLE_APP = str(Path(__file__).parents[2] / "streamlit_app.py")


def run(script: str | Callable[[], None] = WHOLE_APP, **query: str | list[str]) -> AppTest:
    """What a reader gets who opens the script with these parameters in the address; `from_` is the parameter `from`."""
    app = AppTest.from_file(script, default_timeout=60) if isinstance(script, str) else AppTest.from_function(script, default_timeout=60)
    for name, value in query.items():
        app.query_params[name.rstrip("_")] = value
    return ran(app.run())


def ran(app: AppTest) -> AppTest:
    """The app, which must not have failed."""
    assert not app.exception, app.exception[0].message
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def chosen(app: AppTest) -> dict[str, Any]:
    """What the address says."""
    values = ((name, app.query_params[name]) for name in app.query_params)
    return {name: value if isinstance(value, list) else [value] for name, value in values}
