"""Rules on editions: which is the first and which the current one, and of what time each is. Other rules build on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from macros.check.rule import rule
from macros.load.draft import Entry
from macros.problems import Finding

# Years by which the last fact of an edition may be away from its date: more is a typing error.
_FAR = 2


@rule
def edition_roles(report: Entry) -> Iterator[Finding]:
    """The last edition, and no other, must be the current one, and of several one the baseline."""
    roles = Counter(edition.role for edition in report.record.editions)
    for role in ("baseline", "current") if len(report.record.editions) > 1 else ("current",):
        if roles[role] != 1:
            yield report.finding(
                "editions",
                f"{roles[role] or 'no'} {'editions have' if roles[role] else 'edition has'} the role {role}",
                f"give one of them `role: {role}`, and no other",
            )
    if roles["current"] == 1 and report.record.editions[-1].role != "current":
        yield report.finding("editions", "the last edition is not the current one", "put the current edition last")


@rule
def edition_dated(report: Entry) -> Iterator[Finding]:
    """The last year of an edition's facts must be near the year of its date."""
    for at, edition in enumerate(report.record.editions):
        if abs(edition.evidence_until - int(edition.date[:4])) > _FAR:
            wrong = f"{edition.evidence_until} is far from the edition's date, {edition.date}"
            yield report.finding(("editions", at, "evidence_until"), wrong, "mend one of the two")
