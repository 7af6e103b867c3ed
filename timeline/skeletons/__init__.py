"""New rows and files of the knowledge, as far as a program can write them; `timeline check` says what people must fill in."""

from timeline.skeletons.folder import own_folder
from timeline.skeletons.gate import NewGate, new_gate
from timeline.skeletons.language import new_language

__all__ = ["NewGate", "new_gate", "new_language", "own_folder"]
