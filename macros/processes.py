"""Run work in forked processes, where forking is safe: a parallel map, and tasks in the background."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
from collections import deque
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
    """A worker process was killed from outside, for example by the system when memory ran out."""


def parallel_map(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[Item, Result]]:
    """Yield every item with the result of `work`, as they come. Results must be picklable.

    This process works as well: one that waits takes memory, too. Raises what `work` raises, and WorkerKilled.
    """
    global _task, _items
    others = min(worker_count(), len(items)) - 1
    if others < 1:
        yield from ((item, work(item)) for item in items)
        return
    _task, _items = work, items
    # A garbage collection writes into the header of every object, which would copy all shared memory into each worker.
    gc.freeze()
    with ProcessPoolExecutor(others, get_context("fork"), _begin, (os.getpid(),)) as pool:
        try:
            with _uninterrupted():
                left = deque((item, pool.submit(_do, at)) for at, item in enumerate(items))
            while left:
                # Workers take items from the front. While they are at it, this process takes the last that none has begun.
                if not left[0][1].done() and left[-1][1].cancel():
                    item, _ = left.pop()
                    yield item, work(item)
                else:
                    item, future = left.popleft()
                    yield item, future.result()
        except BrokenProcessPool as error:
            raise WorkerKilled from error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            gc.unfreeze()


class Background:
    """Runs tasks in the background; where forking is unsafe, `finish` runs them.

    A forked process inherits all that the tasks need, so nothing is pickled.
    """

    def __init__(self, tasks: Sequence[Callable[[], None]]) -> None:
        global _task, _items
        self._tasks = tasks
        _task, _items = _run, tasks
        self._pool: ProcessPoolExecutor | None = None
        self._futures: list[Future[None]] = []
        if (count := worker_count() - 1) > 0:
            # A garbage collection would write into every object and so copy the memory that the processes share.
            gc.freeze()
            with _uninterrupted():
                self._pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(),))
                self._futures = [self._pool.submit(_do, at) for at in range(len(tasks))]

    def finish(self) -> None:
        """Wait for all tasks; run those not yet begun here. Raises what a task raises, and WorkerKilled."""
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
        """End the processes; tasks not yet begun never run."""
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
    """Delay Ctrl-C: an exception raised during a fork is lost, and a shared lock stays taken."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when it ends: a worker must not write into a folder that its parent gave up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker runs briefly, and reference counting frees most of its objects: it collects seldom.
    gc.set_threshold(*_GC_THRESHOLDS)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # the parent ended before prctl was called
        os._exit(1)


def _run(task: Callable[[], None]) -> None:
    task()


def _do(at: int) -> Any:
    return _task(_items[at])
