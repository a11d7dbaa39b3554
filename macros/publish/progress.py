"""Show the steps of a long command at a terminal; print nothing into a pipe or a log."""

from __future__ import annotations

import sys


def say(step: str) -> None:
    """Show that a step begins."""
    if sys.stderr.isatty():
        print(f"{step} ...", file=sys.stderr, flush=True)
