"""Turn the LaTeX of a BibTeX field into plain text; commands that cannot be read are reported."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Signs whose loss would change what is said, and commands that only dress the text behind them: pylatexenc drops both.
_SIGNS = {"textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'", "textasciicircum": "^"}
_DRESS = ("textsubscript", "textsuperscript", "ce", "mathrm", "mathit", "mathsf", "uppercase", "lowercase", "url")
_BELOW = re.compile(r"\$_\{?(\d+)\}?\$")
_BELOW_LINE = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_BARE = re.compile(r"(?<!\\)([&%#])")


def plain_text(value: str) -> tuple[str, list[str]]:
    """Return the text of a value, and the commands in it that could not be read."""
    if not re.search(r"[\\{}$~^_&%#`'-]", value):
        return value, []
    reader, unknown = _reader()
    unknown.clear()
    value = _BELOW.sub(lambda found: found[1].translate(_BELOW_LINE), value)
    # A bare & or % is common in exported files, and would be a column or a comment to LaTeX.
    text = str(reader.latex_to_text(_BARE.sub(r"\\\1", value)))
    return " ".join(text.split()), list(dict.fromkeys(unknown))


@cache
def _reader() -> tuple[Any, list[str]]:
    """Return the reader, and the list in which it notes the commands it does not know."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    unknown: list[str] = []

    def note(node: Any) -> str:
        unknown.append(f"\\{node.macroname}")
        return ""

    known = get_default_latex_context_db()
    specs = [MacroTextSpec(name, sign) for name, sign in _SIGNS.items()]
    specs += [MacroTextSpec(name, "%s" if name in ("mathrm", "mathit", "mathsf", "url") else "") for name in _DRESS]
    known.add_context_category("signs", prepend=True, macros=specs)
    known.set_unknown_macro_spec(MacroTextSpec("", note))
    return LatexNodes2Text(latex_context=known), unknown
