"""Scripts: texts in another writing system carry their language, so that screen readers and fonts take the right one.

Where the data knows the language (names of classes and companies) templates say it; this finds what stands within sentences.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_HAN, _KANA, _HANGUL = "\u3400-\u9fff", "\u3040-\u30ff", "\u1100-\u11ff\uac00-\ud7af"
_SIGN = f"[{_HAN}{_KANA}{_HANGUL}]"
# Signs with what stands between them, up to a tag, an entity or a Latin letter.
_RUN = re.compile(rf"{_SIGN}(?:[^<>&A-Za-z]*{_SIGN})*")
_UNMARKED = ("svg", "title", "option", "script", "style")


def marked(html: Markup) -> Markup:
    """Return HTML with every such text in a span of its language, except where no span may stand or the language is said."""
    if not re.search(_SIGN, html):
        return html
    return Markup(_RUN.sub(lambda run: _marked(run, html), html))


def _marked(run: re.Match[str], html: str) -> str:
    before = html[: run.start()]
    tag = before[before.rfind("<") :]
    is_in_tag = before.rfind("<") > before.rfind(">")
    if (
        is_in_tag
        or re.fullmatch(r'<[^<>]*\slang="[^"]*"[^<>]*>', tag)
        or any(_is_within(name, before) for name in _UNMARKED)
    ):
        return run.group()
    return f'<span lang="{language(run.group())}">{run.group()}</span>'


def _is_within(name: str, before: str) -> bool:
    return before.rfind(f"<{name}") > before.rfind(f"</{name}>")


def language(text: str) -> str:
    """Return the language that a text's signs speak for: Hangul for ko, kana for ja, Han alone most likely for zh."""
    if re.search(f"[{_HANGUL}]", text):
        return "ko"
    return "ja" if re.search(f"[{_KANA}]", text) else "zh"
