"""Block of the weight lab: sliders with which readers weigh the criteria; report.js computes as the build does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.derive.acceptability import Interval, scaled
from macros.model.base import Number
from macros.model.method import Preset
from macros.present.book import Book
from macros.present.scores import ends


def weight_lab(book: Book) -> dict[str, Any]:
    """A slider for each criterion, set to the first preset, and the exact weights of every preset."""
    method = book.landscape.method
    shares = scaled(method.presets[0].weights)
    return {
        "rows": [{"criterion": item, "share": shares.get(item.id, 0.0)} for item in method.criteria],
        "presets": [{"preset": preset, "weights": _weights(book, preset)} for preset in method.presets],
        "first": method.presets[0],
    }


def _weights(book: Book, preset: Preset) -> str:
    """Return the weights in the order of the sliders, exactly as method.yml has them."""
    return " ".join(_exact(preset.weights.get(criterion.id, 0)) for criterion in book.landscape.method.criteria)


def values(criteria: Mapping[str, Interval | None]) -> dict[str, str]:
    """Return both ends of the value of every criterion, in the order of the sliders, to the last digit."""
    pairs = [ends(value) for value in criteria.values()]
    return {"lows": " ".join(_exact(low) for low, _ in pairs), "highs": " ".join(_exact(high) for _, high in pairs)}


def _exact(value: Number) -> str:
    """Return a number such that a reader of it gets the very same one."""
    return repr(int(value) if float(value).is_integer() else float(value))


MACROS = (weight_lab,)
