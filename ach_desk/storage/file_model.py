"""The file as pydantic sees it, from which the published JSON Schema is made.

``python -m ach_desk.storage.file_model`` prints the schema; it belongs into ``resources/schema``.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from ach_desk.model import RECORD_CLASSES, Analysis, Id, Matrix, Rating, Scale
from ach_desk.model.method_settings import Frame, MethodSettings, Probability
from ach_desk.storage.encoder import FORMAT, VERSION

SCHEMA_ID = f"urn:ach-desk:file-format:{VERSION}"
SCHEMA_NAME = f"ach-desk-{VERSION}.schema.json"


class FileSheet(BaseModel):
    """The ratings of one analyst: evidence id -> hypothesis id -> rating. A missing entry is an unrated cell."""

    model_config = ConfigDict(extra="allow")

    analyst: Id
    ratings: dict[Id, dict[Id, Rating]] = Field(default_factory=dict)


FileMatrix = create_model(
    "FileMatrix",
    __config__=ConfigDict(extra="allow"),
    __doc__=Matrix.__doc__,
    id=(Id, ...),
    name=(str, ""),
    hypotheses=(list[Id], Field(default_factory=list, description="ids, in the order of the matrix")),
    evidence=(list[Id], Field(default_factory=list, description="ids, in the order of the matrix")),
    scale=(Scale, Scale.FIVE),
    note=(str, ""),
    frame=(Frame | None, None),
    priors=(dict[Id, Probability], Field(default_factory=dict)),
    priors_per_cause=(bool, False),
    method_settings=(MethodSettings | None, None),
    sheets=(list[FileSheet], Field(default_factory=list, description="at most one per analyst")),
)


FileTrailEntry = Annotated[
    list[Any],
    Field(min_length=5, description="id, time, analyst, do / undo / redo, what, and what was before and after"),
]


def _analysis_file() -> type[BaseModel]:
    """Return the model of the whole file: the analysis' own fields, with its dictionaries as lists of records."""
    lists: dict[str, Any] = {name: list[record] for name, record in RECORD_CLASSES.items()}  # type: ignore[valid-type]  # at run time
    lists["trail"] = list[FileTrailEntry]
    lists["matrices"] = list[FileMatrix]  # type: ignore[valid-type]  # a class made by create_model
    fields: dict[str, Any] = {"format": (Literal["ach-desk"], ...), "version": (Literal[4], ...), "id": (Id, ...)}
    for name, info in Analysis.model_fields.items():
        if name in lists:
            fields[name] = (lists[name], Field(default_factory=list))
        elif name != "id":
            fields[name] = (info.annotation, info)
    assert FORMAT == "ach-desk"
    assert VERSION == 4
    return create_model(
        "AnalysisFile",
        __config__=ConfigDict(extra="allow", title="ACH Desk analysis"),
        __doc__="An analysis of competing hypotheses as ACH Desk writes it (docs/file-format.md).",
        **fields,
    )


AnalysisFile = _analysis_file()


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **AnalysisFile.model_json_schema(),
    }


def schema_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
