"""Mend what Material's templates write against HTML where no block of theirs lets us: validators then show only our own slips."""

from __future__ import annotations

_TITLE = '<label class="md-nav__title"'
_FOR_DRAWER = f'{_TITLE} for="__toc">'


def sound_html(html: str) -> str:
    """Return a page as HTML asks: no empty order of focus, and no label of the contents for a drawer that lacks them."""
    html = html.replace(' tabindex="">', ">")
    return html if ' id="__toc"' in html else html.replace(_FOR_DRAWER, f"{_TITLE}>")
