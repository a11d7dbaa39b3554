"""Language spans: texts in another writing system carry their language, so that screen readers and fonts take the right one.

Where the data knows the language (names of classes and companies) templates say it; this finds what stands within sentences.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from macros.load.blocks import UNSAID
from macros.model.translated import CLOSE, OPEN

_HAN, _KANA, _HANGUL = "\u3400-\u9fff", "\u3040-\u30ff", "\u1100-\u11ff\uac00-\ud7af"
_SIGN = f"[{_HAN}{_KANA}{_HANGUL}]"
# Signs with what stands between them, up to a tag, an entity or a Latin letter.
_RUN = rf"{_SIGN}(?:[^<>&A-Za-z]*{_SIGN})*"
_TAG = re.compile(
    rf"<!--.*?-->|</?(?P<name>[A-Za-z]+)[^<>]*>|(?P<run>{_RUN})|{OPEN}(?P<unsaid>[^<>]*?){CLOSE}", re.DOTALL
)
# Signs that need a mark on the pages of a language that is full of others; kana make a run of Han Japanese.
_FOREIGN = {"zh": f"{_KANA}{_HANGUL}", "ko": f"{_HAN}{_KANA}"}
_UNMARKED = {"svg", "title", "option", "script", "style"}
_SAYS = re.compile(r'\slang="')


def with_language_spans(html: Markup, here: str = "", source: str = "") -> Markup:
    """Return HTML with every such text in a span of its language, except where no span may stand or the language is said.

    `here` is the language of the page. What it has in the language of its `source`, untranslated, is marked as such.
    """
    own = here.partition("-")[0]
    if not _foreign_to(own).search(html):
        return html
    within: set[str] = set()
    said: list[str] = []  # the element that says its language, and those of its name within it

    def passed(found: re.Match[str]) -> str:
        text, kind = found.group(), found.lastgroup
        if kind == "unsaid":
            return found["unsaid"] if within else f'<span lang="{source}" class="{UNSAID}">{found["unsaid"]}</span>'
        if kind == "run":
            tag = language(text)
            return text if within or said or tag == own else f'<span lang="{tag}">{text}</span>'
        name, is_end = found["name"], text[1] == "/"
        if name in _UNMARKED:
            (within.discard if is_end else within.add)(name)
        if is_end:
            if said and said[-1] == name:
                said.pop()
        elif name == said[0] if said else "lang=" in text and name and name != "html" and _SAYS.search(text):
            said.append(name)
        return text.replace(OPEN, "").replace(CLOSE, "") if OPEN in text else text

    return Markup(_TAG.sub(passed, html))


@cache
def _foreign_to(language: str) -> re.Pattern[str]:
    """Return what finds that something on a page in a language may have to be marked."""
    return re.compile(f"[{_FOREIGN.get(language, _HAN + _KANA + _HANGUL)}{OPEN}]")


def language(text: str) -> str:
    """Return the language that a text's signs speak for: Hangul for ko, kana for ja, Han alone most likely for zh."""
    if re.search(f"[{_HANGUL}]", text):
        return "ko"
    return "ja" if re.search(f"[{_KANA}]", text) else "zh"
