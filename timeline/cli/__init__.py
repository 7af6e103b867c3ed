"""The command line. Every error is one sentence on standard error; what a command computes goes to standard output.

Exit status: 0 all done; 1 done, but some texts could not be read (or `check` found faults, or `diff --exit-code` a
difference); 2 nothing done.
"""

from timeline.cli import export, knowledge, read, show, sieve  # noqa: F401  (each registers its commands)
from timeline.cli.core import DATA_VARIABLE, DISTRIBUTION, cli, main
from timeline.cli.show import app_script

__all__ = ["DATA_VARIABLE", "DISTRIBUTION", "app_script", "cli", "main"]
