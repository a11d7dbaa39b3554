"""Describe a page to search engines and citation managers (schema.org as JSON-LD).

Addresses are absolute where the site has an address, else relative to the page, which JSON-LD allows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from pydantic_core import to_json

from macros.export.api import WHOLE, api_path
from macros.export.bibliography import BIBTEX
from macros.export.croissant import PATH as CROISSANT
from macros.export.package import PATH as PACKAGE
from macros.export.package import package_name
from macros.export.xlsx import PATH as WORKBOOK
from macros.model.translated import source_of
from macros.present.book import relative
from macros.present.collections import INDEX
from macros.present.tables import tables
from macros.render.site import Site

HOME = "index.html"
HOME_PAGE = "index.md"
TYPES = {WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PACKAGE: "application/json", CROISSANT: "application/ld+json",
         WHOLE: "application/json", INDEX: "application/json", BIBTEX: "application/x-bibtex"}  # fmt: skip
# Within a script element no text may end it; and two breaks of lines that JSON allows and JavaScript once did not.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
Node = dict[str, Any]


def head_metadata(site: Site, path: str, address: str | None) -> dict[str, str]:
    """Return what a page's head adds for programs: its description, and the address of its records as JSON, if any."""
    page = site.pages[path]
    here = page.address
    api = api_path(site.pages[page.begins or path].address)
    return {"structured": structured_data(site, path, address)} | (
        {"api": relative(here, site.book.shared(api))} if api else {}
    )


def structured_data(site: Site, path: str, address: str | None) -> str:
    """Return the description of the page at `path` as JSON that is safe inside a script element."""
    return to_json(graph(site, path, address)).decode().translate(_ESCAPES)


def graph(site: Site, path: str, address: str | None) -> Node:
    """Return the description of a page: the page within the report, its trail, and what it holds."""
    here = site.pages[path].address

    def to(target: str) -> str:
        return urljoin(address, target) if address else relative(here, target)

    nodes = [_report(site, to) if here == HOME else _page(site, path, to)]
    if here != HOME:
        nodes.append(_trail(site, path, to))
    name = here.removesuffix(".html")
    if name == site.book.page("data"):
        nodes.append(_dataset(site, here, to))
    if name == site.book.page("glossary"):
        nodes.append(_terms(site, here, to))
    return {"@context": "https://schema.org", "@graph": nodes}


def crumbs(site: Site, path: str) -> list[tuple[str, str]]:
    """Return titles and pages from the home page to this one, as readers see them; a section that leads nowhere is left out."""
    page = site.pages[path]
    parent = page.parent or page.meta.get("parent")
    above = [parent] if parent in site.pages else []
    steps = [(_navigation_name(site, HOME_PAGE), HOME_PAGE)]
    section = next((s for s in site.book.landscape.report.navigation if {path, parent} & set(s.pages)), None)
    first = site.title((above + [path])[0])
    if section and section.title != first and len(section.pages) > 1 and section.pages[0] not in (path, parent):
        steps.append((section.title, section.pages[0]))
    return [*steps, *((_navigation_name(site, step), step) for step in above), (site.title(path), path)]


def _navigation_name(site: Site, path: str) -> str:
    """Return the name of a page in the navigation: its section's where it stands alone."""
    sections = site.book.landscape.report.navigation
    return next((section.title for section in sections if section.pages == (path,)), site.title(path))


def _report(site: Site, to: Callable[[str], str]) -> Node:
    land = site.book.landscape
    report = land.report
    return {
        "@type": "Report",
        "@id": to(HOME),
        "url": to(HOME),
        "name": report.title,
        "alternativeHeadline": report.subtitle,
        "description": report.description,
        "inLanguage": report.language,
        "version": land.current.id,
        "datePublished": land.current.date,
        "license": report.data_licence.URL,
        "publisher": _publisher(site),
        "author": _publisher(site),
        "creditText": site.book.citation,
        "hasPart": [{"@type": "WebPage", "name": site.title(page), "url": to(site.pages[page].address)}
                    for section in report.navigation for page in section.pages if page != HOME_PAGE],
    }  # fmt: skip


def _page(site: Site, path: str, to: Callable[[str], str]) -> Node:
    report = site.book.landscape.report
    page = site.pages[path]
    return {
        "@type": "WebPage",
        "@id": to(page.address),
        "url": to(page.address),
        "name": site.title(path),
        "description": site.description(path),
        "inLanguage": report.language,
        "license": report.data_licence.URL,
        "isPartOf": {"@type": "Report", "@id": to(HOME), "name": report.title},
    }


def _trail(site: Site, path: str, to: Callable[[str], str]) -> Node:
    items = [
        {"@type": "ListItem", "position": at, "name": title, "item": to(site.pages[page].address)}
        for at, (title, page) in enumerate(crumbs(site, path), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _dataset(site: Site, here: str, to: Callable[[str], str]) -> Node:
    land = site.book.landscape
    report = land.report
    years = [edition.date[:4] for edition in report.editions]
    return {
        "@type": "Dataset",
        "@id": f"{to(here)}#dataset" if to(here) != here else "#dataset",
        "url": to(here),
        "identifier": f"{package_name(source_of(report.title))}-{land.current.id}",
        "name": report.title,
        "description": f"{report.subtitle}{site.book.wording.mark('. ')}{report.description}",
        "keywords": [*(stage.name for stage in land.stages.values()), *(item.name for item in land.equipment.values())],
        "inLanguage": report.language,
        "version": land.current.id,
        "datePublished": land.current.date,
        "temporalCoverage": f"{min(years)}/{max(years)}",
        "license": report.data_licence.URL,
        "creator": _publisher(site),
        "publisher": _publisher(site),
        "isAccessibleForFree": True,
        "creditText": site.book.citation,
        "distribution": [
            *(
                {"@type": "DataDownload", "contentUrl": to(site.book.shared(file)), "encodingFormat": kind}
                for file, kind in TYPES.items()
            ),
            *(
                {
                    "@type": "DataDownload",
                    "name": table.title,
                    "contentUrl": to(site.book.shared(table.path)),
                    "encodingFormat": "text/csv",
                }
                for table in tables(site.book).values()
            ),
        ],
    }


def _terms(site: Site, here: str, to: Callable[[str], str]) -> Node:
    book = site.book
    terms = [
        {
            "@type": "DefinedTerm",
            "@id": to(book.address("term", term.id)),
            "termCode": term.id,
            "name": term.term,
            "description": term.definition,
            **({"alternateName": list(term.aliases)} if term.aliases else {}),
        }
        for term in book.landscape.terms.values()
    ]
    name = site.title(here.replace(".html", ".md"))
    return {"@type": "DefinedTermSet", "name": name, "url": to(here), "hasDefinedTerm": terms}


def _publisher(site: Site) -> Node:
    return {"@type": "Organization", "name": site.book.landscape.report.publisher}
