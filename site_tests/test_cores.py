"""Work shared out over cores: the same answers in the same order, however many processes give them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from macros.cores import beside, cores, spread
from site_tests.built import ROOT

USABLE = min(len(os.sched_getaffinity(0)), 12)


def alone(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own: one with threads, such as that of a test, may not fork."""
    environ = {key: value for key, value in os.environ.items() if key != "CORES"} | environment
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True)


SQUARES = """
import os, time
from macros.cores import spread
def work(n):
    time.sleep(0.05)
    return n * n, os.getpid()
found = list(spread(work, range(12)))
print([square for square, _ in found], len({pid for _, pid in found}), os.getpid() in {pid for _, pid in found})
"""


@pytest.mark.parametrize("asked", [1, USABLE])
def test_answers_come_in_order_from_as_many_processes_as_asked_for(asked: int) -> None:
    done = alone(SQUARES, CORES=str(asked))
    squares = [0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121]
    assert done.stdout == f"{squares} {asked} {asked == 1}\n", done.stderr


def test_what_work_raises_is_raised_and_nobody_is_left() -> None:
    script = "from macros.cores import spread\nlist(spread(lambda n: 1 // n, [2, 1, 0, 1]))"
    done = alone(script)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: integer division or modulo by zero"


KILLED = """
import os
from macros.cores import Ended, spread
here = os.getpid()
try:
    list(spread(lambda n: os.getpid() == here or os.kill(os.getpid(), 9), [1, 2]))
except Ended:
    print("ended")
"""


def test_that_a_process_was_killed_is_told() -> None:
    assert alone(KILLED).stdout == ("ended\n" if USABLE > 1 else "")


def test_nothing_is_forked_beside_a_thread() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert cores() == 1
        assert list(spread(lambda n: os.getpid(), [1, 2])) == [os.getpid()] * 2
    finally:
        over.set()
        thread.join()


def test_nobody_outlives_a_parent_that_is_killed_as_soon_as_it_has_forked() -> None:
    script = """
import os, signal, time
from macros.cores import spread
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGKILL), after_in_child=lambda: time.sleep(0.5))
list(spread(str, range(2)))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, timeout=20)
    assert done.returncode == -signal.SIGKILL  # and the pipe is closed: a child would hold it open


BESIDE = """
import os, sys
from macros.cores import beside
def work():
    if os.getpid() != here and "{fate}" == "killed":
        os.kill(os.getpid(), 9)
    if "{fate}" == "wrong":
        raise ValueError("as it should")
    return os.getpid()
here = os.getpid()
try:
    with beside(work) as result:
        if "{fate}" == "left":
            raise KeyError("left")
        print(result() == here)
except (ValueError, KeyError) as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
    print("somebody is left")
except ChildProcessError:
    print("nobody is left")
"""


@pytest.mark.parametrize(
    ("fate", "said"), [("done", str(USABLE < 2)), ("killed", "True"), ("wrong", "as it should"), ("left", "'left'")]
)
def test_work_beside_a_block_comes_to_its_result_whatever_becomes_of_its_process(fate: str, said: str) -> None:
    done = alone(BESIDE.replace("{fate}", fate))
    assert done.stdout.splitlines() == [said, "nobody is left"], done.stderr


def test_with_one_core_the_work_is_done_when_it_is_asked_for() -> None:
    assert alone(BESIDE.replace("{fate}", "done"), CORES="1").stdout.splitlines()[0] == "True"


def test_work_beside_a_thread_is_done_when_it_is_asked_for() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        with beside(os.getpid) as result:
            assert result() == os.getpid()
    finally:
        over.set()
        thread.join()
