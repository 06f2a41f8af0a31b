"""Entry points: the window program and the command line."""

import os
import sys
from collections.abc import Iterable
from types import ModuleType


class _NoPlugins(ModuleType):
    """Stands where pydantic looks for plug-ins, and has none."""

    @staticmethod
    def get_plugins() -> Iterable[object]:
        """Return no plug-in."""
        return ()


# Done before pydantic is imported: looking for plug-ins reads the metadata of every installed package, which a start
# can spare, and other people's plug-ins have no business in the program. With the variable alone pydantic does not look
# for them, but still loads what could: email, csv and some forty more modules, a twentieth of a start. Where a
# later pydantic does not look in this place any more, the variable remains.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
sys.modules.setdefault("pydantic.plugin._loader", _NoPlugins("pydantic.plugin._loader"))
