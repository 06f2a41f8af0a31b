"""What to look for: what each hypothesis leads one to expect, and indicators (Heuer's milestones) to watch."""

from pydantic import BaseModel, ConfigDict, Field

from ach_desk.model.ids import Id
from ach_desk.model.method_settings import Cost
from ach_desk.model.records import Record
from ach_desk.model.values import ExpectationKind, IndicatorState, PartialDate, RatingValue, Timestamp


class Expectation(Record):
    """An answer to "what should we see if this hypothesis were true?", and what it was made."""

    hypothesis: Id
    text: str
    made: ExpectationKind | None = Field(default=None, description="absent: not decided yet")
    record: Id | None = Field(default=None, description="id of the item or indicator that it was made")
    note: str = ""
    created: Timestamp | None = None


class Bearing(BaseModel):
    """What the sighting of an indicator would be rated under one hypothesis."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    hypothesis: Id
    value: RatingValue


class Indicator(Record):
    """Something that, if it were seen, would speak for or against hypotheses. It counts only once it is an item."""

    text: str
    bearings: tuple[Bearing, ...] = ()
    expected_by: PartialDate | None = Field(default=None, description="open after the end of this it is overdue")
    cost: Cost | None = Field(default=None, description="of looking for it, in any unit")
    owner: str = Field(default="", description="who watches, free text")
    state: IndicatorState = IndicatorState.OPEN
    state_date: PartialDate | None = None
    item: Id | None = Field(default=None, description="id of the item that its sighting became")
    note: str = ""
    created: Timestamp | None = None
