"""The ledger of claims: each with its verdict at every edition, the reasoning, and the facts for and against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.model.context import Claim
from macros.model.method import Verdict
from macros.present.book import Book
from macros.present.facets import Facet, Property, facets
from macros.present.pagination import WHOLE, ListPart, long_list


class ClaimLedger(NamedTuple):
    """The claims; `counts` says how often each verdict was given at each edition."""

    claims: Sequence[ClaimView]
    counts: Sequence[tuple[Verdict, Sequence[int]]]
    facets: Sequence[Facet]


@long_list(60, lambda book: list(book.landscape.claims.values()), is_filtered=True)
def claim_ledger(book: Book, part: ListPart = WHOLE) -> ClaimLedger:
    """Every claim with verdicts, reasoning and evidence, and how often each verdict was given."""
    shown = part.of(book.entries("claim_ledger"))
    claims = [_claim(book, number, claim) for number, claim in enumerate(shown, start=part.first)]
    return ClaimLedger(
        claims=claims,
        counts=_counts(book),
        facets=facets(
            claims,
            *(_verdict_at(book, edition) for edition in book.landscape.editions),
            Property(
                "kind",
                book.wording.word("filter-kind"),
                "menu",
                lambda row: [row.claim.kind],
                book.landscape.words.names["claim-kinds"],
            ),
        ),
    )


def _verdict_at(book: Book, edition: str) -> Property:
    """Return the verdict at an edition as a property of claims."""

    def given(row: ClaimView) -> list[str]:
        return [verdict.id for at, verdict in row.verdicts if at == edition and verdict]

    names = {name: verdict.name for name, verdict in book.landscape.verdicts.items()}
    label = book.wording.word("claim-verdict-of", edition=edition)
    return Property(verdict_facet(edition), label, "menu", given, names)


def verdict_facet(edition: str) -> str:
    """Return the name of the facet for the verdicts of an edition, fit for a data attribute."""
    return "verdict" + re.sub(r"[^a-z0-9]", "", edition.lower())


class ClaimView(NamedTuple):
    """A claim with its verdict at every edition; None where there is none."""

    number: int
    claim: Claim
    verdicts: Sequence[tuple[str, Verdict | None]]


def _claim(book: Book, number: int, claim: Claim) -> ClaimView:
    given = {verdict.edition: verdict.verdict for verdict in claim.verdicts}
    known = book.landscape.verdicts
    verdicts = [(edition, known.get(given.get(edition, ""))) for edition in book.landscape.editions]
    return ClaimView(number, claim, verdicts)


def _counts(book: Book) -> list[tuple[Verdict, Sequence[int]]]:
    """Return each verdict that was given, in the order of method.yml, with its number per edition."""
    land = book.landscape
    given = Counter((said.edition, said.verdict) for claim in land.claims.values() for said in claim.verdicts)
    rows = [(verdict, [given[edition, name] for edition in land.editions]) for name, verdict in land.verdicts.items()]
    return [row for row in rows if any(row[1])]
