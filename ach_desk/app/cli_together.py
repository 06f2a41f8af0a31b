"""``ach handout`` and ``ach collect``: one file for each analyst, and what came back of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ach_desk.app.cli_files import check_output, choose_matrix, open_analysis, save_analysis
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.commands.collecting import Ask, Collecting, FromFile
from ach_desk.commands.collecting_words import lines_of, summary
from ach_desk.commands.handing_out import analyst_named, files_given, hand_out, once_each
from ach_desk.commands.trail import run
from ach_desk.i18n import _, ngettext
from ach_desk.storage.attachments import DOCUMENT_SUFFIX, home_of
from ach_desk.storage.errors import StorageError
from ach_desk.storage.together import hand_out_paths, new_seed, read_returned, returned_files, write_hand_outs


def handout(
    file: Path,
    names: Sequence[str],
    folder: Path,
    shuffle: bool,
    seed: int | None,
    with_files: bool,
    matrix: str | None,
    force: bool,
) -> int:
    """Write one file for each analyst named, and say which; `with_files`: an archive with the attached files each."""
    analysis, code = open_analysis(file)
    given = choose_matrix(analysis, file, matrix)
    wanted = once_each(names)
    if not wanted:
        raise CommandError(_("Name whom the files are for: --to NAME."))
    shuffled = seed if seed is not None else new_seed() if shuffle else None
    stem = file.name.removesuffix(DOCUMENT_SUFFIX)
    paths = hand_out_paths(folder, stem, wanted, packed=with_files)
    people = [analyst_named(analysis, name) for name in wanted]
    made = [hand_out(analysis, given, analyst, seed=shuffled, with_files=with_files) for analyst in people]
    home = home_of(file) if with_files else None
    try:
        missing = write_hand_outs(list(zip(paths, made, strict=True)), overwrite=force, home=home)
    except StorageError as error:
        raise CommandError(error.sentence) from None
    for path in paths:
        say(_("{file} was written.").format(file=path))
    if shuffled is not None:
        say(_("The order was shuffled, with the seed {seed}.").format(seed=shuffled))
    for path in missing:
        complain(_("Attached, but not there, and not handed out: {path}").format(path=path))
    if not with_files and (count := files_given(analysis, given)):
        text = ngettext(
            "{count} attached file stays here; --with-files packs it with each.",
            "{count} attached files stay here; --with-files packs them with each.",
            count,
        )
        say(text.format(count=count))
    return max(code, 1 if missing else 0)


def collect(
    file: Path,
    returned: Sequence[Path],
    output: Path,
    force: bool,
    take_new: bool,
    take_words: bool,
    by_words: bool,
) -> int:
    """Take returned files in, print the report, and write the result; code 1 where something was left out."""
    check_output(output, force=force, source=file)
    analysis, code = open_analysis(file)
    wanted = {Ask.NEW: take_new, Ask.WORDS: take_words, Ask.SAME: by_words}
    collecting = Collecting(analysis, lambda proposal: wanted[proposal.ask])
    try:
        paths = returned_files(returned)
    except StorageError as error:
        raise CommandError(error.sentence) from None
    for found in read_returned(paths):
        if found.analysis is None:
            _say_file(collecting.refuse(found.name, found.problem))
        else:
            _say_file(collecting.add(found.name, found.analysis))
    collected = collecting.collected()
    if all(entry.refusal for entry in collected.files):
        raise CommandError(_("No file could be taken in, and nothing was written."), 1)
    if not collected.command.is_no_op:
        run(analysis, collected.command, "do", "")
    save_analysis(output, analysis, force=force)
    say(_("{file} was written.").format(file=output))
    left = sum(not entry.is_complete for entry in collected.files)
    if left:
        text = ngettext("Of {count} file something was left out.", "Of {count} files something was left out.", left)
        complain(text.format(count=left))
    return max(code, 1 if left else 0)


def _say_file(found: FromFile) -> None:
    say(summary(found))
    for line in lines_of(found, declined=True):
        complain(line)
