"""Write the template that a translation starts from: every text of the program, with its places.

A translation is a copy of ``resources/translations/ach-desk.pot`` at
``resources/translations/LANGUAGE/LC_MESSAGES/ach-desk.po``; this script also compiles those that are there, because
the program reads the compiled ``.mo`` beside them.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ach_desk import __version__, i18n, paths

KEYWORDS = {"_": None, "ngettext": (1, 2)}
"""The calls that mark a text; a number is the argument that holds one."""


def catalogue(package: Path) -> Catalog:
    """Return every marked text of the Python files below `package`, with file and line of each."""
    # A fixed date keeps the template the same when no text has changed.
    found = Catalog(
        project="ACH Desk",
        version=__version__,
        copyright_holder="The ACH Desk developers",
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for name, line, message, comments, context in extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, locations=[(f"{package.name}/{name}", line)], auto_comments=comments, context=context)
    return found


def compile_translations(folder: Path) -> list[Path]:
    """Compile every ``LANGUAGE/LC_MESSAGES/ach-desk.po`` below `folder` beside itself; return the written files."""
    written = []
    for source in sorted(folder.glob(f"*/LC_MESSAGES/{i18n.DOMAIN}.po")):
        with source.open("rb") as file:
            translation = read_po(file, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, translation)
        written.append(target)
    return written


def main() -> int:
    """Write the template and compile the translations; return the exit code."""
    template = paths.translations() / f"{i18n.DOMAIN}.pot"
    texts = catalogue(Path(i18n.__file__).parent)
    template.parent.mkdir(parents=True, exist_ok=True)
    with template.open("wb") as file:
        write_po(file, texts, width=100, sort_by_file=True)
    compiled = compile_translations(paths.translations())
    print(f"{len(texts)} texts in {template.name}; {len(compiled)} translations compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
