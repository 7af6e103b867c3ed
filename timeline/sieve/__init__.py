"""The sieve: one scan of a text's bytes decides whether it can hold an event of this subject at all.

Of what a crawl brings, one page in thousands is about this subject. `Sieve(knowledge).passes(data)` tells such pages from the rest
at about the speed at which an automaton goes over their bytes, before anything is read, cut or decoded for good. What it lets
through may still hold no event; what it refuses holds none.
"""

from timeline.sieve.sieve import Sieve, Verdict
from timeline.sieve.sifted import Refused, Sifted

__all__ = ["Refused", "Sieve", "Sifted", "Verdict"]
