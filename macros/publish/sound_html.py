"""Mend what Material's templates write against HTML where no block of theirs lets us: validators then show only our own slips."""

from __future__ import annotations

_SLIPS = (
    # Of a check box there is nothing to complete.
    (' id="__drawer" autocomplete="off">', ' id="__drawer">'),
    (' id="__search" autocomplete="off">', ' id="__search">'),
    (' tabindex="">', ">"),
)
_DRAWER = ' id="__toc"'


def sound_html(html: str) -> str:
    """Return a page as HTML asks. Its contents have a label for the drawer, also where the drawer does not know the page."""
    for wrong, right in _SLIPS:
        html = html.replace(wrong, right)
    return (
        html
        if _DRAWER in html
        else html.replace('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')
    )
