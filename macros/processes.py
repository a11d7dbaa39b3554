"""Processes: work shared out over forked processes where forking is safe: a map over many items, and tasks beside the caller."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)
_GC_THRESHOLDS = 10_000, 20, 20
_task: Callable[[Any], Any]
_items: Sequence[Any]


class WorkerKilled(Exception):
    """A worker process was killed from outside, as the system does when memory runs out."""


def parallel_map(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result of `work` for every item, in their order. Results must be picklable.

    Raises what `work` raises, and WorkerKilled. Put the items that take longest first: they are handed out one by one.
    """
    global _task, _items
    count = min(worker_count(), len(items))
    if count < 2:
        yield from map(work, items)
        return
    _task, _items = work, items
    # A garbage collection writes into the header of every object: each worker would get a copy of all memory.
    gc.freeze()
    with ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(),)) as pool:
        try:
            with _uninterrupted():
                results = pool.map(_do, range(len(items)))
            yield from results
        except BrokenProcessPool as error:
            raise WorkerKilled from error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            gc.unfreeze()


class Background:
    """Does tasks beside the caller, or at the end where forking is unsafe.

    A forked process has all that the tasks need without being sent it.
    """

    def __init__(self, tasks: Sequence[Callable[[], None]]) -> None:
        global _task, _items
        self._tasks = tasks
        _task, _items = _run, tasks
        self._pool: ProcessPoolExecutor | None = None
        self._futures: list[Future[None]] = []
        if (count := worker_count() - 1) > 0:
            # A collection would write into every object and so copy the memory that both processes share.
            gc.freeze()
            with _uninterrupted():
                self._pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(),))
                self._futures = [self._pool.submit(_do, at) for at in range(len(tasks))]

    def finish(self) -> None:
        """Wait for all tasks; do those not begun here. Raises what a task raises, and WorkerKilled."""
        if self._pool is None:
            for task in self._tasks:
                task()
            return
        try:
            for at in reversed(range(len(self._futures))):
                if self._futures[at].cancel():
                    self._tasks[at]()
            for future in self._futures:
                if not future.cancelled():
                    future.result()
        except BrokenProcessPool as error:
            raise WorkerKilled from error
        finally:
            self.stop()

    def stop(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
            gc.unfreeze()


def worker_count() -> int:
    """Return how many processes may run at once: one where forking is unsafe, or where CORES=1 asks for it."""
    is_safe = (
        sys.platform == "linux" and threading.active_count() == 1
    )  # a forked worker has none of its parent's threads
    usable = len(os.sched_getaffinity(0)) if is_safe else 1
    return min(usable, int(os.environ.get("CORES", usable)))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C: an exception raised while processes are forked is lost, with a lock that all of them share."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and die with it: no worker may write into a folder that its parent has given up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker lives shortly and frees most of what it makes by reference count: it collects seldom.
    gc.set_threshold(*_GC_THRESHOLDS)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that was asked for
        os._exit(1)


def _run(task: Callable[[], None]) -> None:
    task()


def _do(at: int) -> Any:
    return _task(_items[at])
