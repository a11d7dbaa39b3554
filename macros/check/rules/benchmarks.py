"""Rules on benchmarks: what two figures must share to be compared, and that they agree with the levels assessed."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check.rule import rule
from macros.derive.gap import measured_gap
from macros.load.draft import Draft
from macros.problems import Finding


@rule
def benchmark_has_one_mode(draft: Draft) -> Iterator[Finding]:
    """The two sides of a comparable benchmark must share the mode, and a partly comparable one says why.

    Figures taken in different modes, such as at rest and at speed, differ without any gap between the machines.
    """
    for _, entry in draft.assessed():
        for at, benchmark in enumerate(entry.record.benchmarks):
            domestic, imported = benchmark.domestic, benchmark.imported
            if benchmark.comparable == "yes" and domestic.mode != imported.mode:
                wrong = f'modes differ: "{domestic.mode}" and "{imported.mode}"'
                right = "write `comparable: partly`, or compare figures of one mode"
                yield entry.finding(("benchmarks", at, "imported"), wrong, right)
            if benchmark.comparable == "partly" and not benchmark.caveat:
                yield entry.finding(
                    ("benchmarks", at, "caveat"), "partly comparable without a caveat", "say what limits it"
                )
            for side, name in ((domestic, "domestic"), (imported, "imported")):
                if not side.evidence:
                    yield entry.finding(
                        ("benchmarks", at, name, "evidence"), "the figure has no evidence", "name its fact"
                    )


@rule
def benchmark_shares_unit(draft: Draft) -> Iterator[Finding]:
    """A fact behind a benchmark must have the benchmark's unit, unless the caveat says how it was converted."""
    units = {entry.record.id: entry.record.unit for entry in draft.all("facts")}
    for _, entry in draft.assessed():
        for at, benchmark in enumerate(entry.record.benchmarks):
            for name in ("domestic", "imported"):
                cited = [units.get(fact) for fact in getattr(benchmark, name).evidence if fact in units]
                if cited and benchmark.unit not in cited and not benchmark.caveat:
                    wrong = f"no fact of this side is in {benchmark.unit}"
                    right = "use a fact in that unit, or say in the caveat how the figure was converted"
                    yield entry.finding(("benchmarks", at, name, "evidence"), wrong, right)


@rule
def benchmark_agrees(draft: Draft) -> Iterator[Finding]:
    """A comparable benchmark must not contradict the level assessed for its dimension without a caveat.

    Where measurement and judgement differ, one is wrong, or the figure measures something else: say which.
    """
    method = draft.one("method")
    if not method:
        return
    severity = {level.id: level.severity for level in method.record.levels}
    for _, entry in draft.assessed():
        levels = {(a.dimension, a.edition): severity.get(a.level) for a in entry.record.assessments}
        for at, benchmark in enumerate(entry.record.benchmarks):
            step = levels.get((benchmark.dimension, benchmark.edition))
            if benchmark.comparable != "yes" or step is None or benchmark.caveat:
                continue
            low, high = measured_gap(benchmark)
            if (high < 1 and step < 0) or (low > 1 and step > 0):
                wrong = f"the figures say {'imported' if high < 1 else 'domestic'} is better, the level of {benchmark.dimension} the opposite"
                right = "mend one of the two, or explain it in the caveat"
                yield entry.finding(("benchmarks", at), wrong, right)
