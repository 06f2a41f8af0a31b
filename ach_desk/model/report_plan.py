"""What a report of this analysis holds, as the analyst chose it."""

from pydantic import BaseModel, ConfigDict, Field


class ReportPlan(BaseModel):
    """The sections of a report in their order. Names of sections that this version does not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    preset: str = Field(default="", description="what the choice started from")
    sections: tuple[str, ...] = Field(default=(), description="names of the sections that are in it, in their order")
