"""Languages: the languages of a site, and where in each of them a page stands. That of the data is at the root."""

from __future__ import annotations

from babel import Locale

from macros.present.book import relative
from macros.render.site import Site, escaped


def fronts(site: Site) -> list[dict[str, str]]:
    """Return the front page in all languages, as seen from that of this site; escaped."""
    return alternates(site, "index.html", None)


def alternates(site: Site, page: str, address: str | None) -> list[dict[str, str]]:
    """Return a page in all languages: as seen from this one, and its address if this site has one; escaped."""
    book = site.book
    base = address.removesuffix(book.folder) if address else ""
    found = []
    for language, (name, folder) in languages(site).items():
        link = relative(book.folder + page, folder + page)
        found.append(
            {"language": language, "name": name, "link": link, "url": f"{base}{folder}{page}" if base else link}
        )
    return [escaped(one) for one in found]


def languages(site: Site) -> dict[str, tuple[str, str]]:
    """Return the languages of a site, that of the data first: its name in itself, and its folder."""
    land = site.book.landscape
    source = land.translated_from or land.report.language
    own = str(Locale.parse(source, sep="-").get_display_name())
    return {source: (own, ""), **{one.id: (one.name, f"{one.id}/") for one in land.report.languages}}
