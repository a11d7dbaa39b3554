"""While serving, show the problems of an edit over the last good page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from macros.problems import counted, in_brief

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Trouble:
    """What keeps the last edit from the page: problems with their places, or a text where there is no place."""

    problems: Sequence[Any] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.text)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), *([self.text] if self.text else [])])


def with_notice(application: Application, trouble: Callable[[], Trouble], root: Path) -> Application:
    """Return an application whose pages show the trouble, if there is any, over everything else."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: list[Any] = []
        # First the page: making it may be what finds the trouble.
        body = application(environ, lambda *args: answer.extend(args))
        status, headers = answer[0], dict(answer[1])
        if headers.get("Content-Type", "").startswith("text/html") and (found := trouble()):
            content = b"".join(body)
            body = [content.replace(b"</body>", notice(found, root).encode() + b"</body>", 1)]
            headers["Content-Length"] = str(len(body[0]))
        start_response(status, list(headers.items()))
        return body

    return serve


# The notice exists only while serving, so its look stands with it and not in the theme.
_BOX = (
    "position:fixed;inset:auto 0 0 0;max-height:70vh;overflow:auto;margin:0;padding:14px 24px;z-index:99;"
    "background:#7a1f12;color:#fff;font:14px/1.5 system-ui,sans-serif"
)
_CODE = "font:13px/1.5 ui-monospace,monospace"
_LINE = f"{_CODE};display:block;margin:4px 0 12px;padding:4px 10px;background:#0004;white-space:pre-wrap;color:#fff"


def notice(trouble: Trouble, root: Path) -> str:
    """Return the trouble as a box over the page that a reader can fold: place, line as typed, what would be right."""
    count = len(trouble.problems)
    head = counted(count, "problem") if count else "Something broke"
    shown, left = in_brief(trouble.problems)
    items = "".join(_item(problem, root) for problem in shown)
    items += "".join(f"<li>{number} more of <small>[{escape(rule)}]</small></li>" for rule, number in left.items())
    rest = f'<pre style="{_LINE}">{escape(trouble.text)}</pre>' if trouble.text else ""
    return (
        f'<details open role="alert" id="problems" style="{_BOX}"><summary style="cursor:pointer;color:#fff">'
        f"<b>{head}.</b> This is still the last good page; save the mended file to see the new one.</summary>"
        f'<ol style="margin:10px 0 0;padding-left:24px">{items}</ol>{rest}</details>'
    )


def _item(problem: Any, root: Path) -> str:
    where = f"{problem.where}: " if problem.where else ""
    right = f"<br>{escape(problem.right)}" if problem.right else ""
    place = f"{problem.path}:{problem.line}"
    excerpt = _excerpt(root, problem.path, problem.line)
    shown = f'<code style="{_LINE}">{problem.line}: {escape(excerpt)}</code>' if excerpt else "<br><br>"
    text = f"{escape(where)}{escape(problem.wrong)}{right} <small>[{escape(problem.rule)}]</small>"
    return f'<li><b style="{_CODE};font-weight:600">{escape(place)}</b> {text}{shown}</li>'


_WIDEST = 200


def _excerpt(root: Path, path: str, line: int) -> str:
    """Return a line of a file as it was typed, or nothing where there is no such line."""
    try:
        lines = (root / path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    text = lines[line - 1].rstrip() if line <= len(lines) else ""
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]} …"
