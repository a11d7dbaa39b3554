"""Write the log of changes and the editions as an Atom feed (RFC 4287), with dates and names from the data alone."""

from __future__ import annotations

from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from macros.model.base import first_day
from macros.present.book import Book
from macros.present.changes import SUBJECT, FeedEntry, feed_entries, feed_title

PATH = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(book: Book, site_url: str | None) -> str:
    """Return the feed as XML. Its addresses are absolute with the address of the site, else relative to the feed.

    Ids are UUIDs made from the feed's own and the name of an entry, so they stay when the site moves.
    """
    land = book.landscape
    entries = feed_entries(book)
    root = Element(f"{{{_ATOM}}}feed", {_XML_LANG: land.report.language})
    # Entries of a translation are not those of the source to a program that reads both.
    name = str(uuid5(UUID(land.feed), land.report.language)) if land.translated_from else land.feed
    _text(root, "id", f"urn:uuid:{name}")
    _text(root, "title", feed_title(book))
    _text(root, "subtitle", land.report.description)
    _text(root, "updated", _moment(entries[0].date))
    _text(_child(root, "author"), "name", land.report.publisher)
    _text(root, "rights", land.report.data_licence.name)
    if site_url:
        _child(root, "link", rel="self", type="application/atom+xml", href=urljoin(site_url, PATH))
    _child(root, "link", rel="alternate", type="text/html", href=_address(site_url, book.page_address(SUBJECT)))
    for entry in entries:
        _entry(root, entry, name, site_url)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _entry(root: Element, entry: FeedEntry, feed_id: str, site_url: str | None) -> None:
    made = _child(root, "entry")
    _text(made, "id", f"urn:uuid:{uuid5(UUID(feed_id), entry.id)}")
    _text(made, "title", entry.title)
    _text(made, "updated", _moment(entry.date))
    _child(made, "link", rel="alternate", type="text/html", href=_address(site_url, entry.address))
    _text(made, "content", entry.text).set("type", "text")


def _child(parent: Element, name: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: Element, name: str, text: str) -> Element:
    made = _child(parent, name)
    made.text = text
    return made


def _address(site_url: str | None, path: str) -> str:
    return urljoin(site_url, path) if site_url else path


def _moment(date: str) -> str:
    """Return a date of the data as Atom wants it: midnight UTC."""
    return f"{first_day(date)}T00:00:00Z"


ElementTree.register_namespace("", _ATOM)
