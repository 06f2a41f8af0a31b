"""The XML parts of a zipped document, read piece by piece: no entities, nothing outside, no more than is bounded."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NoReturn
from xml.parsers import expat

from ach_desk.exchange.book import Watch
from ach_desk.exchange.formats import RefusedFileError
from ach_desk.i18n import _

MAX_UNPACKED = 128 * 1024 * 1024
"""More than this is not unpacked out of one file, whatever it claims."""

MAX_ENTRIES = 5_000
MAX_TAGS = 16_000_000
"""More tags of XML than this are not looked at: some ten seconds' worth."""

_CHUNK = 256 * 1024
_DECLARATION = 400
_ENCODING = re.compile(rb"""^[^<]*<\?xml\b[^>]*\bencoding\s*=\s*["']([A-Za-z][\w.-]*)""")
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1"})


class Parts:
    """The parts of a zipped document. Every method raises RefusedFileError with a sentence for what means harm."""

    def __init__(self, data: bytes, name: str, watch: Watch) -> None:
        self.name = name
        self._watch = watch
        self._unpacked = self._tags = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
            self._refuse_damage()
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            self.refuse(_("{file} holds too many parts for a spreadsheet and was not read."))
        self._infos = {info.filename: info for info in infos}
        self._total = 1

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._infos

    def beginning_with(self, prefix: str) -> list[str]:
        """Return the names of the parts that begin so."""
        return [part for part in self._infos if part.startswith(prefix)]

    def expect(self, *parts: str) -> None:
        """Say what is going to be read, so that progress is known; refuses what claims to be too large."""
        sizes = [self._infos[part].file_size for part in parts if part in self._infos]
        self._total = max(sum(sizes), 1)
        if self._total > MAX_UNPACKED:
            self._refuse_bomb()

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
    ) -> None:
        """Read one part, calling back for each element (names as ``namespace name``) and text."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        info = self._infos.get(part)
        if info is None:
            self._refuse_damage()
        if info.flag_bits & 1:
            self.refuse(_("{file} is protected with a password. Save it without one and try again."))
        try:
            for number, chunk in enumerate(self._chunks(info)):
                if number == 0:
                    self._check_encoding(chunk)
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            self._refuse_damage()

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield what the part unpacks to; zipfile says in many ways that an archive is not sound."""
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    self._count(chunk)
                    yield chunk
        except RefusedFileError:
            raise
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError):
            self._refuse_damage()
        except (NotImplementedError, RuntimeError):  # zipfile's words for a way of packing it lacks, and for a password
            self._refuse_damage()

    def _check_encoding(self, beginning: bytes) -> None:
        """Refuse a part in an encoding that expat does not know itself, and that no such document has."""
        found = _ENCODING.search(beginning[:_DECLARATION].replace(b"\0", b""))
        if found is not None and found[1].decode().casefold() not in _ENCODINGS:
            self._refuse_damage()

    def refuse(self, text: str) -> NoReturn:
        """Raise RefusedFileError with the sentence about this file."""
        raise RefusedFileError(text.format(file=self.name))

    def _count(self, chunk: bytes) -> None:
        self._unpacked += len(chunk)
        self._tags += chunk.count(b"<")
        if self._unpacked > MAX_UNPACKED or self._tags > MAX_TAGS:
            self._refuse_bomb()
        self._watch(min(self._unpacked / self._total, 1.0))

    def _refuse_doctype(self, *_args: object) -> NoReturn:
        self.refuse(_("{file} declares entities of its own, which no spreadsheet needs, and was not read."))

    def _refuse_bomb(self) -> NoReturn:
        text = _("{file} would unpack to more than is sound for a spreadsheet and was not read.")
        self.refuse(text)

    def _refuse_damage(self) -> NoReturn:
        self.refuse(_("{file} is damaged or no spreadsheet, and was not read. Open it where it was made and save it."))
