"""Background: files made in a process of their own while the engine makes the pages."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from macros.cores import Ended, begin, cores, uninterrupted

Task = Callable[[], None]
_tasks: Sequence[Task] = ()


class Background:
    """Does tasks beside the caller, or at the end where forking is unsafe.

    A forked process has all that the tasks need without being sent it.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        global _tasks
        self._tasks = _tasks = tasks
        self._pool: ProcessPoolExecutor | None = None
        self._futures: list[Future[None]] = []
        if (count := cores() - 1) > 0:
            # A collection would write into every object and so copy the memory that both processes share.
            gc.freeze()
            with uninterrupted():
                self._pool = ProcessPoolExecutor(count, get_context("fork"), begin, (os.getpid(),))
                self._futures = [self._pool.submit(_do, at) for at in range(len(tasks))]

    def finish(self) -> None:
        """Wait for all tasks; do those not begun here. Raises what a task raises, and Ended."""
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
            raise Ended from error
        finally:
            self.stop()

    def stop(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
            gc.unfreeze()


def _do(at: int) -> None:
    _tasks[at]()
