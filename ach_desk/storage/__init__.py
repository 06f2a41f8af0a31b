"""The program's own file: reading, writing, locking and recovering it. No Qt."""

from ach_desk.later import offered

__getattr__ = offered(__name__, rooms=("attachments",), names={})
