"""Data files with slips and nonsense in them: whatever is typed, the answer is a list of problems or a clean report."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.cache import Cache
from macros.load import Project, read
from macros.load.parser import parse
from site_tests.support.damage import NASTY, are_messages, mutated, outcome, places

pytestmark = pytest.mark.slow


@given(st.data())
def test_mutated_data_file_is_a_list_of_problems_or_a_report(
    plain: Project, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(plain.documents)))
    content = data.draw(mutated((plain.root / path).read_text(encoding="utf-8"), NASTY))
    folder = tmp_path_factory.getbasetemp() / "robust/data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.yml").write_bytes(content)
    document, problems = read(folder / "x.yml", path, folder, Cache(None, ""))
    last = content.count(b"\n") + content.count(b"\r") + 2
    assert all(1 <= problem.line <= last for problem in problems)
    are_messages(outcome(plain, path, document, problems))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False)
    | st.sampled_from(NASTY)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "value", "low", "x", "", "a.b")), inner, max_size=3)
    ),
    max_leaves=6,
)


def _thawed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


@given(st.data())
def test_any_value_anywhere_is_a_list_of_problems_or_a_report(plain: Project, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(plain.documents)))
    content = _thawed(plain.documents[path].data)
    *way, last = data.draw(st.sampled_from(list(places(content))))
    holder = content
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(VALUES)
    document, problems = parse(json.dumps(content, indent=1) + "\n...\n", path)
    are_messages(outcome(plain, path, document, problems))
