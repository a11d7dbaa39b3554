"""Garbage: when not to look for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Do not look for garbage meanwhile: where all that is read stays, looking through it again and again takes longer."""
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            # What is new would be looked through twice before it counts as old: now it counts so at once.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
