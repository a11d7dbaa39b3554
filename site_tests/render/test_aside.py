"""Values put aside come back as they were, whatever was put before and after them."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from markupsafe import Markup

from macros.render.aside import Aside, packed


def test_values_come_back_in_any_order_and_as_often_as_asked() -> None:
    aside = Aside()
    values = ["", "涂布机", Markup("<b>1</b>"), ["a", {"b": None}], "x" * 3_000_000]
    places = [aside.put(packed(value)) for value in values]
    assert [aside.get(place) for place in reversed(places)] == values[::-1]
    assert [aside.get(place) for place in places] == values
    assert type(aside.get(places[2])) is Markup
    assert aside.get(aside.put(packed("later"))) == "later"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files")
def test_the_file_has_no_name_and_goes_with_its_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    aside = Aside()
    aside.put(packed("content"))
    assert list(tmp_path.iterdir()) == []

    def is_open() -> bool:
        return any(
            os.readlink(path).startswith(str(tmp_path))
            for path in Path("/proc/self/fd").iterdir()
            if path.exists() or path.is_symlink()
        )

    opened = is_open()
    del aside
    gc.collect()
    assert opened and not is_open()
