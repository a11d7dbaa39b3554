"""Progress: a step of a long command, shown to a person at a terminal; a pipe or a log is left alone."""

from __future__ import annotations

import sys


def say(step: str) -> None:
    """Show that a step begins."""
    if sys.stderr.isatty():
        print(f"{step} ...", file=sys.stderr, flush=True)
