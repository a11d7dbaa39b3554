"""Work shared out over cores: the same answers, however many processes give them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from macros.processes import parallel_map, worker_count
from site_tests.support.built import ROOT

USABLE = min(len(os.sched_getaffinity(0)), 12)


def alone(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own: one with threads, such as that of a test, may not fork."""
    environ = {key: value for key, value in os.environ.items() if key != "CORES"} | environment
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True)


SQUARES = """
import os, time
from macros.processes import parallel_map
def work(n):
    time.sleep(0.05)
    return n * n, os.getpid()
found = dict(parallel_map(work, range(12)))
print([found[n][0] for n in range(12)], len({pid for _, pid in found.values()}), os.getpid() in {pid for _, pid in found.values()})
"""


@pytest.mark.parametrize("asked", [1, USABLE])
def test_every_answer_comes_from_one_of_as_many_processes_as_asked_for(asked: int) -> None:
    done = alone(SQUARES, CORES=str(asked))
    squares = [0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121]
    assert done.stdout == f"{squares} {asked} True\n", done.stderr


def test_what_work_raises_is_raised_and_nobody_is_left() -> None:
    script = "from macros.processes import parallel_map\nlist(parallel_map(lambda n: 1 // n, [2, 1, 0, 1]))"
    done = alone(script)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: integer division or modulo by zero"


KILLED = """
import os
from macros.processes import WorkerKilled, parallel_map
here = os.getpid()
try:
    list(parallel_map(lambda n: os.getpid() == here or os.kill(os.getpid(), 9), [1, 2]))
except WorkerKilled:
    print("ended")
"""


def test_a_killed_worker_is_reported() -> None:
    assert alone(KILLED).stdout == ("ended\n" if USABLE > 1 else "")


def test_nothing_is_forked_beside_a_thread() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert worker_count() == 1
        assert dict(parallel_map(lambda n: os.getpid(), [1, 2])) == {1: os.getpid(), 2: os.getpid()}
    finally:
        over.set()
        thread.join()


def test_nobody_outlives_a_parent_that_is_killed_as_soon_as_it_has_forked() -> None:
    script = """
import os, signal, time
from macros.processes import parallel_map
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGKILL), after_in_child=lambda: time.sleep(0.5))
list(parallel_map(str, range(2)))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, timeout=20)
    assert done.returncode == -signal.SIGKILL  # and the pipe is closed: a child would hold it open
