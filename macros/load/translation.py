"""Translation: a clean draft, and the pages of prose, with their texts in another language; what none says stays, marked.

Everything behind this stage - results, views, charts, files - is made of such a draft as of any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from macros.load.amounts import counted_anew
from macros.load.blocks import translated_page
from macros.load.catalogues import (
    MessageKey,
    Sources,
    Texts,
    catalogue_of,
    catalogue_of_page,
    entries_of,
    translated_record,
)
from macros.load.draft import Draft, Entry
from macros.load.pages import PageText
from macros.model import FILES, FileKind
from macros.model.base import records_within
from macros.model.locale import locale_of, power_of_ten
from macros.model.report import Plural, Report, Words
from macros.model.texts import COUNTRY_LANGUAGES
from macros.model.translated import TranslatedText, UntranslatedText


@dataclass(frozen=True)
class Translation:
    """A language with what its catalogues say of a draft."""

    language: str
    draft: Draft
    texts: Texts

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.draft, self.language)

    def record(self, kind: FileKind, entry: Entry) -> Any:
        """Return the record of an entry in the language."""
        catalogue = catalogue_of(kind, entry)

        def translate(place: str, text: Any) -> Any:
            if text in self._sources.agreed:
                return TranslatedText(self._sources.agreed[text], text)
            found = self._sources.entry(catalogue, place, text)
            if found is None:
                return text
            said = self.texts.get(found[0], {}).get(found[1])
            if isinstance(text, Plural):
                return counted_in(text, said, self.language)
            return TranslatedText(said, text) if isinstance(said, str) else UntranslatedText(text)

        return counted_anew(translated_record(kind, entry, translate), self._factor)

    def _factor(self, unit: Any) -> Decimal:
        """Return by what figures are multiplied where the unit has another power of ten in the language."""
        if not isinstance(unit, TranslatedText):
            return Decimal(1)
        before = power_of_ten(locale_of(self.source), unit.source)
        now = power_of_ten(locale_of(self.language), unit)
        return Decimal(before) / Decimal(now) if before != 1 and now != 1 else Decimal(1)

    @cached_property
    def translated_draft(self) -> Draft:
        """The draft in the language."""
        entries = dict(self.draft.entries)
        for kind in FILES:
            for name in entries_of(kind):
                found = self.draft.all(name)
                entries[name] = [entry._replace(record=self._named(self.record(kind, entry), entry)) for entry in found]
        return replace(self.draft, entries=entries, translated_from=self.source)

    def records(self) -> dict[int, Any]:
        """Return each record of the draft, also those within others, in the language, by the identity of the record."""
        translated, found = self.translated_draft, dict[int, Any]()
        # What a file lists stands untranslated in the record of the file, and is translated thereafter.
        for name in (name for kind in FILES for name in entries_of(kind)):
            for entry, other in zip(self.draft.all(name), translated.all(name), strict=True):
                both = zip(records_within(entry.record), records_within(other.record), strict=True)
                found.update((id(record), in_language) for (_, record), (_, in_language) in both)
        return found

    @cached_property
    def source(self) -> str:
        """The language of the data."""
        return str(self.draft.only("report").language)

    def _named(self, record: Any, entry: Entry) -> Any:
        """Return a record under its name in the language; its name in the source stands beside it as the local one did."""
        if isinstance(record, Report):
            market = record.home_market
            if self._sources.is_home:
                market = market.model_copy(update={"language": self.source})
            return record.model_copy(update={"language": self.language, "locale": None, "home_market": market})
        if not self._sources.is_home:
            return record
        if isinstance(record, Words) and COUNTRY_LANGUAGES in record.names:
            # Names of companies at home stand beside those that this language has for them.
            home = self.draft.only("report").home_market.countries
            codes = {
                code: self.source if code in home else tag for code, tag in record.names[COUNTRY_LANGUAGES].items()
            }
            return record.model_copy(update={"names": {**record.names, COUNTRY_LANGUAGES: codes}})
        before = entry.record
        for field in ("name", "term"):
            if hasattr(record, "name_local") and getattr(before, field, None) in self._sources.agreed:
                return record.model_copy(update={"name_local": getattr(before, field)})
        return record

    def translated_pages(
        self, pages: Mapping[str, PageText], anchors: Mapping[str, Mapping[int, str]]
    ) -> dict[str, PageText]:
        """Return pages of prose in the language. Headings keep the `anchors` that their source has, by page and line."""
        return {
            path: translated_page(page, self._prose(path), anchors.get(path, {}), self.source)
            for path, page in pages.items()
        }

    def _prose(self, path: str) -> Any:
        said = self.texts.get(catalogue_of_page(path), {})
        return lambda place, text: said.get(MessageKey(place, text))


def counted_in(text: Plural, said: str | tuple[str, ...] | None, language: str) -> Plural:
    """Return a phrase with a number in the forms of another language; gettext numbers them, CLDR names them."""
    if not isinstance(said, tuple):
        unsaid = {name: UntranslatedText(form) for name in Plural.model_fields if (form := getattr(text, name))}
        return text.model_copy(update=unsaid)
    forms = _forms(language)
    found = {name: said[min(forms.get(name, len(said) - 1), len(said) - 1)] for name in Plural.model_fields}
    return text.model_copy(update=found)


@cache
def _forms(language: str) -> dict[str, int]:
    """Return the forms of counting by their names, each with its number in catalogues."""
    from gettext import c2py

    from babel import Locale
    from babel.messages.plurals import get_plural

    locale = Locale.parse(language, sep="-")
    number_of = c2py(get_plural(locale).plural_expr)
    return {locale.plural_form(n): number_of(n) for n in range(200)}
