"""The few looks that the theme does not give."""

from __future__ import annotations

from html import escape
from typing import Literal

import streamlit as st

# Tints are see-through so that they serve a light and a dark ground; each mark also has a line of its own, for
# those who don't see the tint.
_CSS = """
<style>
.block-container { padding: 3.2rem 2.5rem 3rem; max-width: 1680px; }
[data-testid="stDialog"] [role="dialog"] h2 { font-size: 1rem; font-weight: 500; opacity: 0.7; }
.tl-title { font-size: 1.6rem; font-weight: 650; line-height: 1.2; margin: 0; padding: 0; letter-spacing: -0.01em; }
.tl-lead { margin: 0.25rem 0 0; opacity: 0.78; max-width: 62rem; }
/* On the accent colour Streamlit writes in white, which on a dark page's light accent is too faint to read. */
[data-testid="stMultiSelectTagsContainer"] [data-tag] { background-color: rgba(31, 110, 170, 0.2); color: inherit; }
[data-testid="stMultiSelectTagsContainer"] [data-tag] * { color: inherit; }
.st-key-pages a { min-height: 1.9rem; }
.st-key-pages { margin: 0 0 0.7rem; gap: 0.15rem 0.35rem; }
.tl-head { font-size: 1.02rem; font-weight: 600; margin: 0; padding: 0; letter-spacing: 0; }
.tl-count { margin: 0; font-size: 0.95rem; }
/* Streamlit's own grey of a caption falls short of 4.5 to 1. */
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
ul.tl-key { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.8rem; opacity: 0.85;
  margin: -0.6rem 0 0; padding: 0; list-style: none; }
.tl-key li { display: flex; align-items: center; gap: 0.4rem; margin: 0; padding: 0; }
.tl-key i { display: inline-block; border: 1.3px solid currentColor; border-radius: 3px; width: 1.7rem; height: 0.7rem; }
.tl-key i.point { width: 0.62rem; height: 0.62rem; border-radius: 50%; background: currentColor; }
.tl-key i.hollow { width: 0.62rem; height: 0.62rem; border-radius: 50%; border-width: 2px; }
.tl-key i.lasting { background: color-mix(in srgb, currentColor 65%, transparent); }
.tl-key i.part { height: 0.3rem; background: color-mix(in srgb, currentColor 35%, transparent); }
.tl-key i.within { border-color: transparent; background: linear-gradient(to right, transparent,
  color-mix(in srgb, currentColor 40%, transparent) 25% 75%, transparent); }
.tl-key .tl-hint { opacity: 0.85; }
[data-testid="stBaseButton-tertiary"] p { text-align: start; }
.st-key-undated { gap: 0.35rem; }
.st-key-undated button { justify-content: flex-start; text-align: start; padding: 0.15rem 0; min-height: 0; }
.st-key-undated button p { font-size: 0.875rem; line-height: 1.35; }
.st-key-undated button > div { justify-content: flex-start; }
[role="dialog"] .tl-event h2 { font-size: 1.45rem; line-height: 1.3; opacity: 1; font-weight: 650; margin: 0 0 0.8rem; padding: 0; }
.tl-event dl { display: grid; grid-template-columns: 7rem 1fr; gap: 0.4rem 1rem; margin: 0; padding: 0; font-size: 0.92rem; }
.tl-event dt { opacity: 0.7; margin: 0; }
.tl-event dd { margin: 0; }
.tl-event dd small { opacity: 0.75; font-size: 0.84rem; }
.tl-source { border-inline-start: 3px solid rgba(31, 90, 140, 0.35); padding: 0.1rem 0 0.1rem 0.9rem; margin: 0.9rem 0 0; }
.tl-source header { font-size: 0.82rem; opacity: 0.8; margin-bottom: 0.3rem; }
.tl-source blockquote { margin: 0; font-size: 1rem; line-height: 1.65; overflow-wrap: anywhere; }
.tl-source blockquote + blockquote, .tl-source p + blockquote { margin-top: 0.7rem; }
.tl-source p { margin: 0.15rem 0 0; font-size: 0.82rem; opacity: 0.8; }
.tl-source footer a { color: inherit; }
.tl-source footer { font-size: 0.84rem; margin-top: 0.35rem; }
.tl-marks { font-size: 0.8rem; margin: 0.2rem 0 0; }
mark.tl { color: inherit; border-radius: 2px; padding: 0 1px; background: transparent;
  text-decoration-thickness: 2px; text-underline-offset: 3px; }
mark.tl.date { background: rgba(230, 159, 0, 0.30); text-decoration: underline solid #B87900; }
mark.tl.place { background: rgba(0, 158, 115, 0.20); text-decoration: underline dashed #00795A; }
mark.tl.actor { background: rgba(86, 180, 233, 0.26); text-decoration: underline dotted #2A6F9E; }
mark.tl.trigger { font-weight: 700; text-decoration: underline double #A84A00; }
/* A grid's own download would hold formulas as they stand, and only the rows shown. */
[data-testid="stDataFrame"] [data-testid="stElementToolbarButton"]:has([aria-label^="Download"]),
[data-testid="stFullScreenFrame"] [data-testid="stElementToolbarButton"]:has([aria-label^="Download"]) { display: none; }
@media (hover: none) { .tl-key .tl-hint { display: none; } }
@media (max-width: 640px) {
  .block-container { padding-left: 1rem; padding-right: 1rem; padding-top: 4.1rem; }
  .tl-title { font-size: 1.3rem; }
  .tl-event dl { grid-template-columns: 1fr; gap: 0; }
  .tl-event dd { margin-bottom: 0.5rem; }
}
</style>
"""


_DARK = """
<style>
[data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"] * { color: #10161D; }
</style>
"""


def apply() -> None:
    """Put the style sheet into the page."""
    st.html(_CSS)
    if st.context.theme.type == "dark":
        st.html(_DARK)


def title(text: str, lead: str = "") -> None:
    """The page's own heading, and a sentence on what it is for."""
    more = f'<p class="tl-lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<h1 class="tl-title">{escape(text)}</h1>{more}')


def count(said: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """A sentence with numbers that change with the filters; `said` is HTML of our own."""
    st.html(f'<p class="tl-count" role="status">{said}</p>', width=width)


def heading(text: str) -> None:
    """A heading of a part of the page."""
    st.html(f'<h2 class="tl-head">{escape(text)}</h2>')
