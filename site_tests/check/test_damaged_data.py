"""Data files that are cut off, deleted, lose a field or get a value of a wrong type: check says so, and never fails itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from macros.check.shape import shape
from macros.load import Project
from macros.load.document import Document, pack
from macros.load.parser import parse
from macros.model import FILES, FileKind
from macros.problems import Keys, Problem, where
from site_tests.support.damage import outcome, places

pytestmark = pytest.mark.slow

WRONG = ((), {}, 12, True, "x", None)
GONE = object()


def _misshapen(project: Project, path: str, document: Document) -> list[Problem]:
    """Return the problems of shape of one file."""
    return [problem for problem in shape(replace(project, documents={path: document}))[1] if problem.path == path]


def _without_counts(problems: Iterable[Problem]) -> set[Problem]:
    """Return problems without what would be right: there the whole check counts what follows."""
    return {replace(problem, right="") for problem in problems}


def test_miniature_itself_is_clean_and_can_be_derived(plain: Project) -> None:
    assert outcome(plain, "data/notes.yml", plain.documents["data/notes.yml"]) == []


def test_each_file_is_missed_when_it_is_deleted(plain: Project) -> None:
    for path in plain.documents:
        found = outcome(plain, path, None)
        assert any(
            path in problem.path + problem.wrong or problem.rule in {"file-missing", "name-exists"} for problem in found
        ), path


WHOLLY = ("data/stages.yml", "data/timeline.yml")


@pytest.mark.parametrize("step", [1, 7])
def test_file_that_was_cut_off_is_reported(plain: Project, step: int) -> None:
    """At every byte of two files, at every seventh of the others; the rules run on a sample of them."""
    cuts = 0
    for path in plain.documents:
        if (path in WHOLLY) != (step == 1):
            continue
        content = (plain.root / path).read_bytes()
        for size in range(0, len(content), step):
            cut, problems = parse(content[:size].decode(errors="ignore"), path)
            assert problems, f"{path} cut at byte {size}"
            cuts += 1
            if cuts % 25 == 0:
                assert outcome(plain, path, cut, problems)
    assert cuts > 800


def _kind(path: str) -> FileKind:
    return next(kind for kind in FILES if re.fullmatch(kind.pattern.replace("*", "[^/]+"), path))


def _with(value: Any, keys: Keys, new: Any) -> Any:
    """Return plain data with the value at a place exchanged, or left out when new is GONE."""
    if not keys:
        return new
    key, rest = keys[0], keys[1:]
    if isinstance(value, dict):
        changed = {name: _with(item, rest, new) if name == key else item for name, item in value.items()}
        return {name: item for name, item in changed.items() if item is not GONE}
    changed = [_with(item, rest, new) if at == key else item for at, item in enumerate(value)]
    return tuple(item for item in changed if item is not GONE)


def _exchanged(document: Document, keys: Keys, new: Any) -> Document:
    """Return the document with the value at a place exchanged, or left out when new is GONE."""
    return Document(document.path, pack(_with(document.data, keys, new), document.lines))


def _fields(annotation: Any) -> dict[str, tuple[bool, Any]]:
    """Return, for the record an annotation leads to, each field as written: is it required, and its annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {
            info.alias or name: (info.is_required(), info.annotation) for name, info in annotation.model_fields.items()
        }
    return {name: field for part in get_args(annotation) for name, field in _fields(part).items()}


def _required(path: str, keys: Keys) -> bool:
    """Whether the field at a place must be there; keys of free mappings and places in lists need not."""
    annotation: Any = _kind(path).model
    for at, key in enumerate(keys):
        is_free = get_origin(annotation) is dict
        if is_free or isinstance(key, int):
            if at == len(keys) - 1:
                return False
            annotation = get_args(annotation)[1] if is_free else annotation
            continue
        if key not in _fields(annotation):
            return False
        required, annotation = _fields(annotation)[key]
    return required


def _every_place(project: Project) -> Iterator[tuple[str, Document, Keys]]:
    """Yield every place of every file, one of those that are alike: the same field of the same kind of file."""
    seen = set()
    for path, document in project.documents.items():
        for keys in places(document.data):
            alike = (_kind(path).name, tuple("#" if isinstance(key, int) else key for key in keys))
            if alike not in seen:
                seen.add(alike)
                yield path, document, keys


def test_field_that_was_removed_is_reported_when_it_is_required(plain: Project) -> None:
    required = 0
    for path, document, keys in _every_place(plain):
        changed = _exchanged(document, keys, GONE)
        if _required(path, keys):
            required += 1
            assert [(problem.where, problem.rule) for problem in _misshapen(plain, path, changed)] == [
                (where(keys), "required-field")
            ]
        else:
            found = outcome(plain, path, changed)
            assert not any(problem.rule == "required-field" for problem in found), (path, keys)
    assert required > 200


def test_value_of_a_wrong_type_never_makes_check_fail(plain: Project) -> None:
    """Rules run once for each set of records that a wrong value drops: more of them would be the same again."""
    dropped = set()
    refused = accepted = 0
    for path, document, keys in _every_place(plain):
        for wrong in WRONG:
            changed = _exchanged(document, keys, wrong)
            alone = _misshapen(plain, path, changed)
            drop = (path, frozenset(re.match(r"\w*(\[\d+\])?", problem.where).group() for problem in alone))
            if alone and drop in dropped:
                refused += 1
                continue
            dropped.add(drop)
            found = outcome(plain, path, changed)
            assert _without_counts(alone) <= _without_counts(found)
            accepted += not alone
    assert refused > 500 and accepted > 100


def test_wrong_type_is_one_problem_at_its_place(plain: Project) -> None:
    """A list where a text belongs, a text where a list belongs: told once, and where it is."""
    told = 0
    for path, document, keys in _every_place(plain):
        value = reduce(lambda part, key: part[key], keys, document.data)
        wrong: Any = "" if isinstance(value, (tuple, dict)) else ()
        changed = _exchanged(document, keys, wrong)
        assert [problem.where for problem in _misshapen(plain, path, changed)] == [where(keys)], (path, keys)
        told += 1
    assert told > 300
