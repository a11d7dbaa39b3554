"""Parse HTML into a tree and back, and leave out what is useless on paper, where nothing opens or filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Controls and what only helps on a screen; `nav` inside a page repeats its headings.
_CONTROLS = frozenset("button form fieldset input label nav script select template".split())
_SCREEN_CLASSES = frozenset(("headerlink", "download", "downloads", "embed", "drawing-narrow", "files"))
# What opens on a click and says again, at length, what stands nearby or in another chapter.
_REPEATING = frozenset(("sum", "numbers", "repeats"))
# A frame around drawing and caption would be tagged as a picture without words; the drawing inside has its own.
_FRAMES = {"figure": "div", "figcaption": "p"}
# Chromium keeps the language of an element that has a tag of its own in a PDF.
_INLINE = frozenset("span small b i".split())
# Switches among which one view is the report's own; of the editions of a matrix all are wanted.
_ALTERNATIVES = frozenset(("preset", "draws"))


class _Reader(HTMLParser):
    """Builds the tree. An end tag without a start is passed over; one that closes outer elements closes the inner ones too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self._open.append(self._open[-1][-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ElementTree.SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        add_text(self._open[-1], data)


def parse(html: str) -> Element:
    """Return a piece of HTML as a tree below one `div`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def serialize(tree: Element) -> str:
    """Return a tree as HTML."""
    return ElementTree.tostring(tree, encoding="unicode", method="html")


def add_text(element: Element, text: str) -> None:
    """Append text to the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def elements_of_class(tree: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a tree that have a class."""
    return (element for element in tree.iter() if name in classes(element))


def text_of(element: Element) -> str:
    """Return the words of an element, blanks joined."""
    return " ".join("".join(element.itertext()).split())


def remove(tree: Element, unwanted: Callable[[Element], bool]) -> None:
    """Take every element that is not wanted out of a tree; the text behind it stays."""
    for parent in list(tree.iter()):
        kept: list[Element] = []
        for child in list(parent):
            if not unwanted(child):
                kept.append(child)
                continue
            parent.remove(child)
            tail = child.tail or ""
            if kept:
                kept[-1].tail = (kept[-1].tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail


def for_paper(tree: Element) -> None:
    """Abridge a page for the book.

    Controls go, and what repeats; what else opens on a click stands open. Of views to switch between, the first stays.
    Lists of evidence keep sign and id of each fact; what the facts say stands once, in the list of facts at the end.
    """
    remove(tree, _is_for_screens)
    for switched in [element for element in tree.iter() if element.get("data-editions") in _ALTERNATIVES]:
        others = list(elements_of_class(switched, "edition"))[1:]
        remove(switched, others.__contains__)
    for details in tree.iter("details"):
        details.tag = "div"
        details.set("class", "opened")
        for summary in details.findall("summary"):
            summary.tag = "div"
            summary.set("class", "opened__title")
    for figure in [element for element in tree.iter() if element.tag in _FRAMES]:
        figure.tag = _FRAMES[figure.tag]
    for drawing in [element for element in tree.iter("svg") if "data-chart" in element.attrib]:
        _say_what_it_shows(drawing)
    for cited in elements_of_class(tree, "evi"):
        cited.set("class", "evi evi-ids")
        for item in cited:
            _keep_id(item)
    for element in tree.iter():
        _tell_to_readers(element)


def _tell_to_readers(element: Element) -> None:
    """Give an element what becomes a tag in a PDF, and leave out what only a screen knows."""
    if element.tag in ("td", "th") and not text_of(element):  # it would be missing among the tags
        ElementTree.SubElement(element, "span", {"class": "vh blank"}).text = "–"
    if element.tag in _INLINE and "lang" in element.attrib:
        element.tag = "em"
    for attribute in ("tabindex", "title"):
        element.attrib.pop(attribute, None)
    if "scroll" in classes(element):
        element.attrib.pop("aria-label", None)


def _say_what_it_shows(drawing: Element) -> None:
    """Give a chart its title and what it shows as one text; with links in it, as a frame: a picture has no links."""
    text = ": ".join(filter(None, (drawing.findtext("title"), drawing.findtext("desc"))))
    for attribute in ("aria-labelledby", "aria-describedby"):
        drawing.attrib.pop(attribute, None)
    if drawing.get("role") == "img":
        drawing.set("aria-label", text)
        return
    inner = Element("svg", drawing.attrib)
    inner[:], inner.tail = drawing[:], None
    drawing[:] = [inner]
    drawing.tag, drawing.attrib = "div", {"role": "img", "aria-label": text}


def _is_for_screens(element: Element) -> bool:
    if element.tag == "details" and _REPEATING & classes(element):
        return True
    return element.tag in _CONTROLS or "hidden" in element.attrib or bool(_SCREEN_CLASSES & classes(element))


def _keep_id(item: Element) -> None:
    """Leave the sign, what the sign means, and the link to the fact; in that order."""
    kept = [child for child in item if classes(child) & {"evi__sign", "vh", "evi__link"}]
    for child in list(item):
        item.remove(child)
    item.text = None
    for child in kept:
        child.tail = " "
        item.append(child)
