"""Entry points: the window program and the command line."""

import os

# Set before pydantic is imported: looking for plug-ins reads the metadata of every installed package, which a start
# can spare, and other people's plug-ins have no business in the program.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
