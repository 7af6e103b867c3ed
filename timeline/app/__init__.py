"""The web app: Streamlit pages over the tables."""

from timeline.app.main import main

__all__ = ["main"]
