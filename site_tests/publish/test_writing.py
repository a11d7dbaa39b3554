"""Files of a site are put into their place whole: whoever asks for one meanwhile gets it as it was or as it is."""

from __future__ import annotations

import threading
from pathlib import Path

from macros.publish.publisher import write_files

LONG = 2_000_000


def test_reader_never_gets_a_part_of_a_file(tmp_path: Path) -> None:
    contents = [letter * LONG for letter in (b"a", b"b")]
    write_files(tmp_path, [("embed/matrix.html", contents[0])])
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = (tmp_path / "embed/matrix.html").read_bytes()
            seen.add(found[:1] if found in contents else b"part of %d" % len(found))

    reader = threading.Thread(target=read)
    reader.start()
    for at in range(60):
        write_files(tmp_path, [("embed/matrix.html", contents[at % 2])])
    done.set()
    reader.join()
    assert seen <= {b"a", b"b"} and seen


def test_nothing_is_left_beside_the_files(tmp_path: Path) -> None:
    write_files(tmp_path, [("a/one.txt", b"1"), ("a/one.txt", b"2"), ("two.txt", b"3")])
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"a/one.txt": b"2", "two.txt": b"3"}
