"""While it is left alone garbage stays; afterwards it is found as ever."""

from __future__ import annotations

import gc
import weakref

from macros.garbage import left_alone


class Thing:
    """Something that holds itself, so that only a look for garbage ends it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_left_alone_is_found_later() -> None:
    with left_alone():
        assert not gc.isenabled()
        gone = weakref.ref(Thing())
        assert gone() is not None
    assert gc.isenabled()
    gc.collect()
    assert gone() is None


def test_what_is_new_counts_as_old_at_once() -> None:
    with left_alone():
        kept = [Thing() for _ in range(10_000)]
    young = {id(thing) for generation in (0, 1) for thing in gc.get_objects(generation)}
    assert not young.intersection(map(id, kept))
