"""The ledger of claims: each with its verdict at every edition, the reasoning, and the facts for and against."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from macros.landscape import INDUSTRY
from macros.model.context import Claim
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.references import pieces, references


@long_list("claims", 60, lambda book: list(book.landscape.claims.values()), is_filtered=True)
def claim_ledger(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Every claim with verdicts, reasoning and evidence, and how often each verdict was given."""
    land = book.landscape
    editions = [{"id": edition.id, "key": facet(edition.id)} for edition in land.report.editions]
    shown = part.of(book.entries("claim_ledger"))
    claims = [_claim(book, number, claim) for number, claim in enumerate(shown, start=part.first)]
    return {
        "editions": editions,
        "claims": claims,
        "counts": _counts(book),
        "kinds": [kind for kind in land.words.names["claim-kinds"] if any(claim["kind"] == kind for claim in claims)],
        "source": book.get("source", land.claims_source),
    }


def facet(edition: str) -> str:
    """Return the name of the facet for the verdicts of an edition, fit for a data attribute."""
    return "verdict" + re.sub(r"[^a-z0-9]", "", edition.lower())


def _claim(book: Book, number: int, claim: Claim) -> dict[str, Any]:
    given = {verdict.edition: verdict.verdict for verdict in claim.verdicts}
    known = {verdict.id: verdict for verdict in book.landscape.method.verdicts}
    return {
        "id": claim.id,
        "number": number,
        "claim": claim.claim,
        "kind": claim.kind,
        "dimension": claim.dimension,
        "equipment": claim.equipment if claim.equipment != INDUSTRY else None,
        "verdicts": [
            {"edition": edition.id, "key": facet(edition.id), "verdict": known.get(given.get(edition.id, ""))}
            for edition in book.landscape.report.editions
        ],
        "reasoning": pieces(book, claim.reasoning),
        "evidence": references(book, claim.evidence),
        "counter_evidence": references(book, claim.counter_evidence),
    }


def _counts(book: Book) -> list[dict[str, Any]]:
    """Return each verdict that was given, in the order of method.yml, with its number per edition."""
    editions = [edition.id for edition in book.landscape.report.editions]
    given = Counter((said.edition, said.verdict) for claim in book.landscape.claims.values() for said in claim.verdicts)
    rows = [
        {"verdict": verdict, "numbers": [given[edition, verdict.id] for edition in editions]}
        for verdict in book.landscape.method.verdicts
    ]
    return [row for row in rows if any(row["numbers"])]


MACROS = (claim_ledger,)
