"""Turn errors of a page into a problem of its text, or of the template that failed."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateSyntaxError, UndefinedError

from macros import TEMPLATES
from macros.present import MACROS
from macros.present.book import UnknownRecord
from macros.present.wording import MissingWord
from macros.problems import Problem, suggest
from macros.render.calls import CALL


class PageProblem(Exception):
    """A page that cannot be made; carries its one problem."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(str(problem))


@contextmanager
def as_page_problem(origin: str) -> Iterator[None]:
    """Re-raise any error as a PageProblem of the page's text, or of the template that failed."""
    try:
        yield
    except TemplateSyntaxError as error:
        where = origin if error.filename in (None, origin) else _in_project(str(error.filename))
        raise PageProblem(
            problem(where, error.lineno, f"a call or its braces cannot be read ({error.message})", CALL, "page-syntax")
        ) from error
    except Exception as error:  # anything that a page asks for and that fails is a mistake of its editor
        raise PageProblem(problem(*_place_of(error, origin), _explain(error), "", "page-macro")) from error


def problem(path: str, line: int | None, wrong: str, right: str, rule: str) -> Problem:
    return Problem(path, line or 1, "", wrong, right, rule)


def _place_of(error: BaseException, origin: str) -> tuple[str, int | None]:
    """Return file and line of an error: in a block's template if it arose there, else in the page that was composed."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    blocks = [(_in_project(name), line) for name, line in frames if name.startswith(str(TEMPLATES))]
    pages = [line for name, line in frames if name == origin]
    return blocks[-1] if blocks else (origin, pages[-1] if pages else None)


def _in_project(path: str) -> str:
    return path.replace(f"{TEMPLATES.parent.parent}/", "")


def _explain(error: BaseException) -> str:
    if isinstance(error, (UnknownRecord, MissingWord)):
        return str(error)
    if isinstance(error, UndefinedError):
        match = re.match(r"'(\w+)' is undefined", str(error))
        hint = suggest(match.group(1), MACROS) if match else ""
        return f'no macro "{match.group(1)}"' + (f"; {hint}" if hint else "") if match else str(error)
    return str(error) or type(error).__name__
