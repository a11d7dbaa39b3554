"""Rules on benchmarks: what two figures must share to be compared, and that they agree with the levels assessed."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check.rule import rule
from macros.derive.gap import measured_gap
from macros.load.draft import Draft, Entry
from macros.model.equipment import Side
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
                wrong = f"the modes differ: {_mode(domestic)} and {_mode(imported)}"
                right = "compare figures of one mode, or write `comparable: partly` and the reason under caveat"
                yield entry.finding(("benchmarks", at, "imported"), wrong, right)
            if benchmark.comparable == "partly" and not benchmark.caveat:
                yield entry.finding(
                    ("benchmarks", at, "caveat"),
                    "the sides are partly comparable, but there is no caveat",
                    "say what limits the comparison",
                )
            for side, name in ((domestic, "domestic"), (imported, "imported")):
                if not side.evidence:
                    yield entry.finding(
                        ("benchmarks", at, name, "evidence"),
                        "the figure has no evidence",
                        "name the fact that gives it",
                    )


def _mode(side: Side) -> str:
    return f'"{side.mode}"' if side.mode else "none"


@rule
def benchmark_shares_unit(draft: Draft) -> Iterator[Finding]:
    """A fact behind a benchmark must have the benchmark's unit, unless the caveat says how it was converted."""
    units = {entry.record.id: entry.record.unit for entry in draft.all("facts")}
    for _, entry in draft.assessed():
        for at, benchmark in enumerate(entry.record.benchmarks):
            for name in ("domestic", "imported"):
                cited = [units.get(fact) for fact in getattr(benchmark, name).evidence if fact in units]
                if cited and benchmark.unit not in cited and not benchmark.caveat:
                    wrong = f'no fact cited here has the unit "{benchmark.unit}"'
                    right = "cite one that has it, or say in the caveat how the figure was converted"
                    yield entry.finding(("benchmarks", at, name, "evidence"), wrong, right)


@rule
def benchmark_agrees(draft: Draft, method: Entry) -> Iterator[Finding]:
    """A comparable benchmark must not contradict the level assessed for its dimension without a caveat.

    Where measurement and judgement differ, one is wrong, or the figure measures something else: say which.
    """
    severity = {level.id: level.severity for level in method.record.levels}
    for _, entry in draft.assessed():
        levels = {(a.dimension, a.edition): severity.get(a.level) for a in entry.record.assessments}
        for at, benchmark in enumerate(entry.record.benchmarks):
            step = levels.get((benchmark.dimension, benchmark.edition))
            if benchmark.comparable != "yes" or step is None or benchmark.caveat:
                continue
            low, high = measured_gap(benchmark)
            if (high < 1 and step < 0) or (low > 1 and step > 0):
                better, other = ("imported", "domestic") if high < 1 else ("domestic", "imported")
                wrong = (
                    f"by the figures the {better} side is better, by the level of {benchmark.dimension} the {other} one"
                )
                right = "mend one of the two, or explain it in the caveat"
                yield entry.finding(("benchmarks", at), wrong, right)
