"""The rules on prose. They read Markdown as the engine does, and report each mistake with file and line.

Pure functions: from texts, and the names of what exists, to problems. Outlines of texts are cached between runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from macros.check.prose import links, rules
from macros.check.prose.links import Known
from macros.check.prose.outline import Outline
from macros.check.prose.rules import Judged
from macros.load.pages import PATTERN, PageText
from macros.problems import Problem

RULES = (*rules.RULES, *links.RULES)


def wrong_prose(texts: Mapping[str, PageText], outlines: Mapping[str, Outline], known: Known) -> Iterator[Problem]:
    """Yield every problem of some texts, by their paths below content/."""
    known = replace(known, anchors=_anchors(outlines, known.pages))
    for name, text in texts.items():
        if not text.is_read:
            continue
        page = Judged(text, outlines[name])
        for rule in rules.RULES:
            yield from rule.problems_of(page)
        for rule in links.RULES:
            yield from rule.problems_of(page, known)


def _anchors(outlines: Mapping[str, Outline], pages: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the anchors of each page; that of a record has those of its pattern and of its introduction."""
    found = {name: outline.anchors for name, outline in outlines.items()}
    for page in pages:
        home, slash, _ = page.rpartition("/")
        if slash and (pattern := f"{home}/{PATTERN}") in outlines:
            found[page] = found.get(page, frozenset()) | outlines[pattern].anchors
    return found
