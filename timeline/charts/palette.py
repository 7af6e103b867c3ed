"""One colour and one shape a type: the colours of Okabe and Ito, told apart with any colour vision; the shapes without any.

An unknown type gets the grey circle of `OTHER`, so that a table with new types still draws.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline.i18n import ENGLISH, N_, Words

_STAR = "M0,-1L0.26,-0.36L0.95,-0.31L0.42,0.14L0.59,0.81L0,0.44L-0.59,0.81L-0.42,0.14L-0.95,-0.31L-0.26,-0.36Z"


@dataclass(frozen=True, slots=True)
class Style:
    """How a type of event is drawn and called (in English); `dark` is its colour on a dark ground."""

    label: str
    colour: str
    shape: str
    dark: str = ""

    def on(self, dark: bool) -> str:
        return self.dark if dark and self.dark else self.colour


STYLES = {
    "border_gate": Style(N_("Border gate"), "#D55E00", "square"),
    "agreement": Style(N_("Agreement"), "#0072B2", "diamond", dark="#3A9BD9"),
    "conference": Style(N_("Conference"), "#E69F00", "circle"),
    "exchange": Style(N_("Exchange"), "#009E73", "triangle-up"),
    "visit": Style(N_("Visit"), "#56B4E9", "triangle-right"),
    "meeting": Style(N_("Meeting"), "#CC79A7", "triangle-down"),
    "policy": Style(N_("Policy"), "#000000", "cross", dark="#F2F2F2"),
    "infrastructure": Style(N_("Infrastructure"), "#999999", "triangle-left"),
    "ceremony": Style(N_("Ceremony"), "#F0E442", _STAR),
}
OTHER = Style(N_("Other"), "#999999", "circle")


def style_of(event_type: str) -> Style:
    """The style of a type, by its code."""
    return STYLES.get(event_type, OTHER)


def label_of(code: str, words: Words = ENGLISH) -> str:
    """A code of the tables (`working_session`) in words."""
    return words.gettext(STYLES[code].label) if code in STYLES else code.replace("_", " ").capitalize()
