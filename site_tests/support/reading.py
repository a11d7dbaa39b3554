"""Read a project in tests: its landscape, and without the problems of some rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

from macros import check
from macros.load import Project, load
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.problems import Problem

# What hostile texts break.
BROKEN = ("plain-text", "right-length", "fact-as-stated", "figure-as-cited", "phrase-filled")


def landscape_of(root: Path) -> Landscape:
    """Return the landscape of a project, as the public sees it. Raises ProblemsFound."""
    return Landscape.of(check.validated(load(root)).public())


def passing(*rules: str) -> Any:
    """Return a context in which data that break some rules are published all the same."""
    found_in = check.problems_of

    def problems_of(project: Project) -> tuple[Draft, list[Problem]]:
        draft, found = found_in(project)
        return draft, [problem for problem in found if problem.rule not in rules]

    return mock.patch.object(check, "problems_of", problems_of)


def on_startup(**_: Any) -> None:
    """Let hostile texts pass in a build that names this file under `hooks`."""
    passing(*BROKEN).start()
