"""Model: what a record is. One frozen pydantic model per kind; each public field is documented once, here.

In: plain data. Out: records; JSON Schemas and the data dictionary, which are made from the same models.
`FILES` says which files of `data/` hold which kind. Imports no other package.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.base import Record
from macros.model.context import (
    ChangeFile,
    ClaimFile,
    ConflictFile,
    EventFile,
    GapFile,
    NoteFile,
    SeriesFile,
    StandardFile,
)
from macros.model.equipment import DimensionFile, EquipmentClass, Industry, StageFile
from macros.model.evidence import FactFile, SourceFile
from macros.model.glossary import GlossaryFile
from macros.model.method import Method
from macros.model.priority import Priority
from macros.model.report import Index, Report, Words
from macros.model.supplier import Supplier

# The language of what the models say of their fields.
LANGUAGE = "en"


@dataclass(frozen=True)
class FileKind:
    """A kind of data file: where it lies, its model, and the field that lists its records (None: the file is one)."""

    name: str
    pattern: str
    model: type[Record]
    listing: str | None = None


FILES = (
    FileKind("report", "data/report.yml", Report),
    FileKind("index", "data/index.yml", Index),
    FileKind("words", "data/words/*.yml", Words),
    FileKind("method", "data/method.yml", Method),
    FileKind("stages", "data/stages.yml", StageFile, "stages"),
    FileKind("dimensions", "data/dimensions.yml", DimensionFile, "dimensions"),
    FileKind("industry", "data/industry.yml", Industry),
    FileKind("equipment", "data/equipment/*.yml", EquipmentClass),
    FileKind("suppliers", "data/suppliers/*.yml", Supplier),
    FileKind("priorities", "data/priorities/*.yml", Priority),
    FileKind("facts", "data/evidence/*.yml", FactFile, "facts"),
    FileKind("sources", "data/sources/*.yml", SourceFile, "sources"),
    FileKind("claims", "data/claims.yml", ClaimFile, "claims"),
    FileKind("series", "data/series.yml", SeriesFile, "series"),
    FileKind("events", "data/timeline.yml", EventFile, "events"),
    FileKind("standards", "data/standards.yml", StandardFile, "standards"),
    FileKind("conflicts", "data/conflicts.yml", ConflictFile, "conflicts"),
    FileKind("measurement", "data/measurement.yml", GapFile),
    FileKind("notes", "data/notes.yml", NoteFile, "notes"),
    FileKind("changes", "data/changes.yml", ChangeFile, "changes"),
    FileKind("glossary", "data/glossary.yml", GlossaryFile, "terms"),
)
