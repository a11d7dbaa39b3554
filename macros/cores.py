"""Cores: one kind of work on many things, shared out over the cores of the machine where that is safe."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)
_SELDOM = 10_000, 20, 20
_task: Callable[[Any], Any]
_items: Sequence[Any]


class Ended(Exception):
    """A process that had a share of the work was ended from outside, as the system does when memory runs out."""


def spread(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield what `work` makes of every item, in their order. Results must be such as can be pickled.

    Raises what `work` raises, and Ended. Begin with the items that take longest: they are handed out one by one.
    """
    global _task, _items
    count = min(cores(), len(items))
    if count < 2:
        yield from map(work, items)
        return
    _task, _items = work, items
    # Looking for garbage writes into all there is, and so would give each process a copy of it.
    gc.freeze()
    with ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(),)) as pool:
        try:
            with _uninterrupted():
                results = pool.map(_do, range(len(items)))
            yield from results
        except BrokenProcessPool as error:
            raise Ended from error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            gc.unfreeze()


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Have another process do a work while the block runs; yield what waits for the result, such as can be pickled.

    Where that is unsafe, or no result comes of it, the work is done when the result is asked for: it raises what it raises.
    """
    if cores() < 2:
        yield work
        return
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, sending, os.getpid()))
    with _uninterrupted():
        process.start()
    sending.close()

    def result() -> Result:
        try:
            return receiving.recv()
        except EOFError:
            return work()

    try:
        yield result
    finally:
        process.kill()
        process.join()
        receiving.close()


def cores() -> int:
    """Return how many processes may work side by side: one where forking is unsafe, or CORES=1 asks for it."""
    # A forked process has what it needs of the parent without being sent it; a copy of a thread it has not.
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    usable = len(os.sched_getaffinity(0)) if is_safe else 1
    return min(usable, int(os.environ.get("CORES", usable)))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off: what is raised while processes are forked gets lost, and with it a lock that all of them share."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end with it, however it ends: nobody may write on into a folder it has left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a process makes of an item is mostly let go of at once, and it ends soon: looking for garbage seldom is enough.
    gc.set_threshold(*_SELDOM)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that was asked for
        os._exit(1)


def _do(at: int) -> Any:
    return _task(_items[at])


def _send(work: Callable[[], Any], to: Connection, parent: int) -> None:
    _begin(parent)
    # What goes wrong here goes wrong again, and is told, where the result is asked for.
    with suppress(Exception):
        to.send(work())
