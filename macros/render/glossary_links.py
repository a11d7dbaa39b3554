"""Link the first use of each glossary term on a page to its definition.

Works on Markdown with slots and on texts that templates give free (`|terms`), never in headings, links, code or tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from markupsafe import Markup, escape

from macros.model.glossary import Term, form_key

# What is passed over: code, headings, table rows, links and other brackets, tags, attributes; slots are looked into apart.
_PASSED = (
    r"^(?P<fence>```|~~~).*?^(?P=fence)",
    r"`[^`\n]*`",
    r"^#{1,6} [^\n]*",
    r"^[^\n]+\n(?:=+|-+)[ \t]*$",
    r"^\|[^\n]*",
    r"!?\[[^\]]*\](?:\([^)\n]*\)|\[[^\]\n]*\]|:[^\n]*)?",
    r"<(?P<whole>a|code|pre|h[1-6]|svg|table)\b.*?</(?P=whole)>",
    r"<[^<>]*>",
    r"\{:[^}\n]*\}",
)
_SLOT = r"zq(?P<slot>\d{5})qz"
# A word ends where no letter, digit or hyphen goes on; a slot may stand right beside it, and so may a letter of a script
# that has no blanks between words.
_LETTER = r"(?:-|[^\W\u3040-\u30ff\u3400-\u9fff])"
_BEFORE = rf"(?:(?<!{_LETTER})|(?<=zq\d\d\d\d\dqz))"
_AFTER = rf"(?:(?!{_LETTER})|(?=zq\d{{5}}qz))"
_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_OPEN, _CLOSE = "<!--terms-->", "<!--/terms-->"
_FREE = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)

Mark = Callable[[Term, str], Markup]


def as_free_text(text: object) -> Markup:
    """Give a text of a block free for terms: a filter of templates."""
    return Markup(_OPEN) + escape(text) + Markup(_CLOSE)


class Marker:
    """Finds terms by one pattern for all of them."""

    def __init__(self, terms: Collection[Term]):
        self._by_form = {form_key(form): term for term in terms for form in term.forms}
        forms = {form for term in terms for form in term.forms}
        words = "|".join(_pattern(form) for form in sorted(forms, key=lambda form: (-len(form), form))) or r"(?!)"
        self._pattern = re.compile(
            "|".join((*_PASSED, _SLOT, f"(?P<form>{_BEFORE}(?:{words}){_AFTER})")), re.DOTALL | re.MULTILINE
        )

    def mark(self, markdown: str, slots: list[Markup], make: Mark | None) -> str:
        """Return the Markdown with marks as further slots; texts given free in slots get theirs in place. None marks nothing."""
        seen: set[str] = set()

        def in_slot(text: re.Match[str]) -> str:
            return self._pattern.sub(
                lambda found: str(self._link_for(found, seen, make) or found.group()), text.group(1)
            )

        def in_prose(found: re.Match[str]) -> str:
            if found["slot"]:
                at = int(found["slot"])
                if _OPEN in slots[at]:
                    slots[at] = Markup(_FREE.sub(in_slot, slots[at]))
                return found.group()
            mark = self._link_for(found, seen, make)
            if mark is None:
                return found.group()
            slots.append(mark)
            return f"zq{len(slots) - 1:05d}qz"

        return self._pattern.sub(in_prose, markdown)

    def _link_for(self, found: re.Match[str], seen: set[str], make: Mark | None) -> Markup | None:
        """Return the mark of a form; None for what is passed over, and for a term marked already."""
        if not found["form"] or make is None:
            return None
        term = self._by_form[form_key(found["form"])]
        if term.id in seen:
            return None
        seen.add(term.id)
        return make(term, found["form"])


def _pattern(form: str) -> str:
    first, rest = form[0], _GAP.join(re.escape(word) for word in form[1:].split(" "))
    return f"[{first}{first.upper()}]{rest}" if first.islower() else re.escape(first) + rest
