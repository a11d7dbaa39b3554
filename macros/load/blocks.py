"""Blocks: a page of prose cut at its blank lines into the pieces that are translated, macro calls kept inside.

What has no words of its own - a call alone on its line, a comment, code - stays as it is and belongs to no block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from macros.load.pages import PageText
from macros.model.translated import TranslatedText

# Fields of front matter that readers see.
HEAD = ("title", "description")
# The class of what is shown in the language of the source, since nothing translates it.
UNSAID = "unsaid"
_HEADING = re.compile(r"#{1,6} +(?=[^\n]*\Z)")
_NO_WORDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|\{:.*?\}|</?div\b[^<>]*>", re.DOTALL)
_COMMENT_LINES = re.compile(r"(?:[ \t]*<!--(?:(?!-->).)*-->[ \t]*\n)*", re.DOTALL)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


def has_words(text: str) -> bool:
    """Whether a text says anything beside what calls, comments and marks for programs do."""
    return any(letter.isalpha() for letter in _NO_WORDS.sub("", text))


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each block with words begins and ends."""
    for start, end in _pieces(text):
        start = _COMMENT_LINES.match(text, start, end).end()  # type: ignore[union-attr]
        if has_words(text[start:end]):
            yield start, end


def translated_page(
    page: PageText, translate: Callable[[str, str], str | None], anchors: Mapping[int, str], source: str
) -> PageText:
    """Return a page with what `translate` has in place of its title, its description and each of its blocks.

    What it has not stays, marked as of the language `source`; a heading keeps its anchor, given by the line it stands at.
    """
    path = page.origin.partition("/")[2]
    parts, at = [], 0
    for start, end in blocks(page.text):
        before = page.text[start:end]
        said = translate(path, before)
        heading = _HEADING.match(before)
        if said is None:
            after = _unsaid(before, heading, source)
        elif heading and "{:" not in before and (anchor := anchors.get(page.text.count("\n", 0, start) + 1)):
            after = f"{said} {{: #{anchor} }}"
        else:
            after = said
        parts += [page.text[at:start], after]
        at = end
    heads = {key: page.meta[key] for key in HEAD if _is_text(page.meta.get(key))}
    meta = {
        key: TranslatedText(said, text) if (said := translate(f"{path}:{key}", text)) else text
        for key, text in heads.items()
    }
    return replace(page, text="".join([*parts, page.text[at:]]), meta={**page.meta, **meta})


def _unsaid(block: str, heading: re.Match[str] | None, source: str) -> str:
    if heading:
        return f'{heading[0]}<span lang="{source}" class="{UNSAID}">{block[heading.end() :]}</span>'
    return f'<div lang="{source}" class="{UNSAID}" markdown="1">\n\n{block}\n\n</div>'


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each piece between blank lines begins and ends; code between fences is no piece."""
    start, at, fence = None, 0, ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        begins_code = bool(mark) and not fence
        if (begins_code or not line.strip()) and start is not None and not fence:
            yield start, _before_newline(text, start, at)
            start = None
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.strip() and start is None:
            start = at
        at += len(line)
    if start is not None:
        yield start, _before_newline(text, start, at)


def _before_newline(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
