"""What every command is: frozen, with a text, an author and a time, applied and reverted by a swap of values."""

from abc import ABC, abstractmethod
from typing import Any

from pydantic import BaseModel, ConfigDict

from ach_desk.commands.change import Change
from ach_desk.model import Analysis


class BaseCommand(BaseModel, ABC):
    """A command; its subclasses say what is swapped."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str = ""
    author: str = ""
    time: str = ""

    @property
    def is_no_op(self) -> bool:
        """Return whether the command would change nothing."""
        return False

    def apply(self, analysis: Analysis) -> Change:
        """Do it (or do it again) and return what changed."""
        return self._run(analysis, forward=True)

    def revert(self, analysis: Analysis) -> Change:
        """Take it back and return what changed."""
        return self._run(analysis, forward=False)

    @abstractmethod
    def _run(self, analysis: Analysis, *, forward: bool) -> Change:
        """Swap old for new values (`forward`) or new for old ones."""

    def to_json(self) -> dict[str, Any]:
        """Return the command as plain JSON data; `command_from_json` reads it back."""
        return self.model_dump(mode="json")
