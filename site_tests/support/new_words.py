"""Words of `python -m macros new` that make a good record of each kind in the miniature."""

from __future__ import annotations

from pathlib import Path

from macros.cli.main import main

EQUIPMENT = ["--name", "Edge grinder", "--stage", "slicing", "--kind", "machine", "--generation", "current",
             "--summary", "Grinds edges."]  # fmt: skip
SUPPLIER = ["--name", "Groß & Söhne: AG", "--status", "supplier", "--country", "DE", "--country-basis", "general"]
SOURCE = ["--title", "Whose wire?", "--publisher", "Sägeblatt", "--url", "https://saegeblatt.example/wire",
          "--issued", "2024-03", "--accessed", "2024-10-02", "--kind", "trade-press", "--language", "de",
          "--reliability", "B"]  # fmt: skip
FACT = ["--in", "wire-saw", "--topic", "urteil", "--statement", "It says: the wire is domestic.", "--year", "2024",
        "--confidence", "high"]  # fmt: skip
PRIORITY = ["--title", "Longer wire", "--equipment", "wire-saw", "--dimensions", "precision", "--problem", "Too short.",
            "--target.metric", "length", "--target.test", "Measure it.", "--target.goal", "[4, 6]", "--target.unit", "h",
            "--target.proposed", "true", "--actions", "Draw it, slowly; Test it.", "--who-acts", "wire-makers",
            "--horizon", "near", "--feasibility.score", "3", "--feasibility.reason", "It is known.",
            "--reasoning", "Ours."]  # fmt: skip
ASSESSMENT = ["--equipment", "wire-saw", "--dimension", "uptime", "--level", "offen", "--reason", "Nobody says.",
              "--would-settle", "A year of records."]  # fmt: skip


def new(root: Path, *words: str) -> int:
    return main(["--root", str(root), "new", *words])
