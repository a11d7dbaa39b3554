"""Block of the weight lab: sliders with which readers weigh the criteria; report.js computes as the build does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from macros.derive.acceptability import Interval, scaled_weights
from macros.model.base import Number
from macros.model.method import Criterion, Preset
from macros.present.book import Book
from macros.present.scores import ends


class WeightLab(NamedTuple):
    """Each criterion with its share under the first preset, and each preset with its weights in their order, blanks between."""

    rows: Sequence[tuple[Criterion, float]]
    presets: Sequence[tuple[Preset, str]]


def weight_lab(book: Book) -> WeightLab:
    """A slider for each criterion, set to the first preset, and the exact weights of every preset."""
    method = book.landscape.method
    shares = scaled_weights(book.landscape.preset.weights)
    return WeightLab(
        rows=[(item, shares.get(item.id, 0.0)) for item in method.criteria],
        presets=[(preset, _weights(book, preset)) for preset in method.presets],
    )


def _weights(book: Book, preset: Preset) -> str:
    """Return the weights in the order of the sliders, exactly as method.yml has them."""
    return " ".join(_exact(preset.weights.get(criterion.id, 0)) for criterion in book.landscape.method.criteria)


class Values(NamedTuple):
    """The lower and the upper ends of the values of all criteria, blanks between them."""

    lows: str
    highs: str


def values(criteria: Mapping[str, Interval | None]) -> Values:
    """Return both ends of the value of every criterion, in the order of the sliders, to the last digit."""
    pairs = [ends(value) for value in criteria.values()]
    return Values(" ".join(_exact(low) for low, _ in pairs), " ".join(_exact(high) for _, high in pairs))


def _exact(value: Number) -> str:
    """Return a number such that a reader of it gets the very same one."""
    return repr(int(value) if float(value).is_integer() else float(value))
