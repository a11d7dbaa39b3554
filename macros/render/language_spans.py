"""Language spans: texts in another writing system carry their language, so that screen readers and fonts take the right one.

Where the data knows the language (names of classes and companies) templates say it; this finds what stands within sentences.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_HAN, _KANA, _HANGUL = "\u3400-\u9fff", "\u3040-\u30ff", "\u1100-\u11ff\uac00-\ud7af"
_SIGN = f"[{_HAN}{_KANA}{_HANGUL}]"
# Signs with what stands between them, up to a tag, an entity or a Latin letter.
_RUN = rf"{_SIGN}(?:[^<>&A-Za-z]*{_SIGN})*"
_TAG = re.compile(rf"<!--.*?-->|<(?P<end>/?)(?P<name>[A-Za-z]+)[^<>]*>|(?P<run>{_RUN})", re.DOTALL)
_ANY = re.compile(_SIGN)
_UNMARKED = {"svg", "title", "option", "script", "style"}
_SAYS = re.compile(r'\slang="')


def with_language_spans(html: Markup) -> Markup:
    """Return HTML with every such text in a span of its language, except where no span may stand or the language is said."""
    if not _ANY.search(html):
        return html
    within: set[str] = set()
    said: list[str] = []  # the element that says its language, and those of its name within it

    def passed(found: re.Match[str]) -> str:
        text, name = found.group(), found["name"]
        if found["run"] is not None:
            return text if within or said else f'<span lang="{language(text)}">{text}</span>'
        if name in _UNMARKED:
            (within.discard if found["end"] else within.add)(name)
        if found["end"]:
            if said[-1:] == [name]:
                said.pop()
        elif name == said[0] if said else name and _SAYS.search(text):
            said.append(name)
        return text

    return Markup(_TAG.sub(passed, html))


def language(text: str) -> str:
    """Return the language that a text's signs speak for: Hangul for ko, kana for ja, Han alone most likely for zh."""
    if re.search(f"[{_HANGUL}]", text):
        return "ko"
    return "ja" if re.search(f"[{_KANA}]", text) else "zh"
