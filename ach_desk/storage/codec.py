"""The file format in one place: `encode` an analysis, `decode` a file's bytes."""

from ach_desk.storage.decoder import MAX_BYTES, Loaded, decode
from ach_desk.storage.encoder import FORMAT, VERSION, encode

__all__ = ["FORMAT", "MAX_BYTES", "VERSION", "Loaded", "decode", "encode"]
