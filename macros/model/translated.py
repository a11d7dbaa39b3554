"""Texts of a translated record: those in its language, which remember their source, and those that nothing translates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

# Around a text that nothing translates, in HTML: what prints a page puts a mark there where one may stand.
OPEN, CLOSE = "\ue000", "\ue001"


class TranslatedText(str):
    """A text in another language that remembers its source."""

    source: str

    def __new__(cls, text: str, source: str) -> TranslatedText:
        said = super().__new__(cls, text)
        said.source = source
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.source


class UntranslatedText(str):
    """A text that no catalogue has, or only for what it said before."""

    def __html__(self) -> Markup:
        return Markup(f"{OPEN}{escape(str(self))}{CLOSE}")


def translation_in(value: Any) -> Any:
    """Return a text, or a list of texts, that a translation says; None where it says none of it, or not all."""
    if isinstance(value, tuple):
        parts = tuple(map(translation_in, value))
        return parts if parts and None not in parts else None
    return str(value) if isinstance(value, TranslatedText) else None


def source_of(text: Any) -> Any:
    """Return a text as the data have it; anything else as it is."""
    return text.source if isinstance(text, TranslatedText) else text


def joined(join: Callable[..., str], *texts: str, translated: Callable[..., str] | None = None) -> str:
    """Return what is made of texts; of such in another language, joined as `translated` says, it remembers its source as well."""
    if not any(isinstance(one, TranslatedText) for one in texts):
        return join(*texts)
    return TranslatedText((translated or join)(*texts), join(*map(source_of, texts)))
