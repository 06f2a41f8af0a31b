"""What a person copied or dragged from elsewhere, taken apart: title, the words, address, page, who says it.

Nothing is invented: what the text does not say stays empty, and the words themselves come through as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from ach_desk.model.file_paths import domain_of, is_web_address

MOST_CHARACTERS = 200_000
"""So much of a text is kept as a quotation; more is a document, which belongs into a file."""

_LONGEST_TITLE, _SHORTEST_SENTENCE = 120, 8
_LONGEST_LINK = 4_000
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[^\sa-z])|[。！？]")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“])(?:\w|\w\.\w|pp|mrs?|ms|dr|prof|gen|col|sgt|st|no|nr|vs|ca|cf|vgl|bzw|etc|approx|al|jr|sr|art|vol|fig)\.$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?<![\w.])(?:[Pp]p?\.\s?|[Pp]ages?\s|S\.\s|Seiten?\s)(\d{1,5}(?:\s?[-–]\s?\d{1,5})?)(?![\w%])")
_PAGE_OF_LINK = re.compile(r"(?:^|&)page=(\d{1,5})(?:&|$)")
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_STAMP = rf"(?:{_DAY},?\s+)?{_TIME}(?:,?\s+{_DAY})?"
_NAME = r"[^\s\[\]<>:,][^\[\]<>:,\n]{0,39}"
_CHAT_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\[{_STAMP}\]\s*<?(?P<name>{_NAME})>?\s*:\s+(?P<text>\S.*)$",  # [10:14] name: text
        rf"^\[{_STAMP}\]\s*<(?P<name>{_NAME})>\s+(?P<text>\S.*)$",  # [10:14] <name> text
        rf"^{_STAMP}\s+(?:-\s+)?(?P<name>{_NAME}):\s+(?P<text>\S.*)$",  # 12/06/2023, 10:14 - name: text
        rf"^(?P<name>{_NAME}),\s+\[?{_STAMP}\]?(?P<text>(?:\s*:\s.*)?)$",  # name, 10:14 and the text below
    )
)


@dataclass(frozen=True)
class Clipping:
    """One thing captured. speaker: who says it in a chat with one voice; is_cut: the text was longer than is kept."""

    title: str
    quotation: str = ""
    link: str = ""
    page: str = ""
    speaker: str = ""
    is_cut: bool = False

    @property
    def domain(self) -> str:
        """Return the domain of the link; "" without one."""
        return domain_of(self.link)


def clipping_of(text: str, html: str = "", address: str = "") -> Clipping | None:
    """Return what a text, the same as HTML where there is that, and the address it was copied from say; None: nothing.

    An address that is the whole text is a link without a quotation.
    """
    markup = _Markup(html[: 4 * MOST_CHARACTERS])
    text = (text or markup.text).replace("\r\n", "\n").replace("\r", "\n").strip("\n\x00")
    is_cut = len(text) > MOST_CHARACTERS
    text = text[:MOST_CHARACTERS]
    if not text.strip() and not is_web_address(address):
        return None
    if not text.strip() or _is_one_address(text):
        link = text.strip() if text.strip() else address
        return Clipping(_shortened(markup.title_of_link) or title_of_address(link), link=link, page=_page(link, ""))
    quotation, link = _without_address(text)
    link = address if is_web_address(address) else link or markup.address
    said = _chat(quotation)
    title = _title(said[0][1], said[0][0]) if said else _title(quotation)
    speakers = {name for name, _words in said}
    speaker = speakers.pop() if len(speakers) == 1 and not link else ""
    return Clipping(title, quotation, link, _page(link, quotation), speaker, is_cut)


def title_of_address(link: str) -> str:
    """Return a title for an address: its domain and the last part of its path, readable."""
    last = next((part for part in reversed(urlsplit(link).path.split("/")) if part), "")
    words = " ".join(re.sub(r"[-_+]+", " ", unquote(last).rpartition(".")[0] or unquote(last)).split())
    return _shortened(": ".join(part for part in (domain_of(link), words) if part) or link)


def title_of_file(name: str) -> str:
    """Return a title for a file: its name without the ending, in words."""
    stem = name.rpartition(".")[0] or name
    return _shortened(" ".join(stem.replace("_", " ").split())) or name


def _title(text: str, speaker: str = "") -> str:
    """Return the first sentence of a text, shortened, after the name of who says it."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    ends = (found.end() for found in _SENTENCE_END.finditer(line))
    sentence = line[: next((end for end in ends if _is_sentence(line[:end])), None)]
    return _shortened(f"{speaker}: {sentence}" if speaker else sentence)


def _is_sentence(words: str) -> bool:
    return len(words) >= _SHORTEST_SENTENCE and _ABBREVIATED.search(words) is None


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST_TITLE:
        return text
    cut = text[:_LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–") + " …"


def _is_one_address(text: str) -> bool:
    return len(text) <= _LONGEST_LINK and is_web_address(text.strip())


def _without_address(text: str) -> tuple[str, str]:
    """Return a text without the address that stands on its first or last line alone, and that address.

    Else the text as it is, with the one address that it names; with none, or several, "".
    """
    lines = text.split("\n")
    for place, rest in ((-1, lines[:-1]), (0, lines[1:])):
        if _is_one_address(lines[place]) and any(line.strip() for line in rest):
            return "\n".join(rest).strip("\n"), lines[place].strip()
    named = {found.rstrip(".,;:!?)]}'") for found in _ADDRESS.findall(text)}
    link = named.pop() if len(named) == 1 else ""
    return text, link if _is_one_address(link) else ""


def _page(link: str, text: str) -> str:
    """Return the page that the address of a PDF names, else the one that the text names; "" where it names several."""
    found = _PAGE_OF_LINK.search(urlsplit(link).fragment) if is_web_address(link) else None
    if found is not None:
        return found[1]
    pages = {" ".join(page.split()) for page in _PAGE.findall(text)}
    return pages.pop() if len(pages) == 1 else ""


def _chat(text: str) -> list[tuple[str, str]]:
    """Return (name, first words) of each message of a chat excerpt; none for any other text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    messages = list(_messages(lines))
    begins_with_one = bool(lines) and any(pattern.match(lines[0]) for pattern in _CHAT_LINES)
    return messages if begins_with_one and all(words for _name, words in messages) else []


def _messages(lines: list[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        found = next(filter(None, (pattern.match(line) for pattern in _CHAT_LINES)), None)
        if found is not None:
            below = lines[number + 1] if number + 1 < len(lines) else ""
            yield found["name"].strip(), found["text"].strip(" :") or below


class _Markup(HTMLParser):
    """Reads text, the one address and the words it is linked under out of HTML; runs nothing and fetches nothing."""

    _BREAKS = frozenset(
        (
            *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "h1", "h2"),
            *("h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"),
        )
    )
    _SILENT = frozenset(("script", "style", "head", "title", "template"))

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._links: dict[str, list[str]] = {}
        self._link = ""
        self._silent = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """Return the text with a line for each paragraph."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    @property
    def address(self) -> str:
        """Return the address that the snippet names, if it names one only."""
        return next(iter(self._links)) if len(self._links) == 1 else ""

    @property
    def title_of_link(self) -> str:
        """Return the words of the snippet when it is one link and nothing else, such as one dragged from a page."""
        words = " ".join("".join(self._links.get(self.address, [])).split())
        is_all = words == " ".join(self.text.split())
        return words if is_all and not is_web_address(words) else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag == "body":
            self._silent = 0
        if tag in self._BREAKS:
            self._parts.append("\n")
        named = dict(attrs)
        target = named.get("href") or named.get("cite") or "" if tag in ("a", "blockquote", "q") else ""
        if _is_one_address(target):
            self._link = target.strip()
            self._links.setdefault(self._link, [])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT and self._silent:
            self._silent -= 1
        if tag in self._BREAKS:
            self._parts.append("\n")
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self._parts.append(data.replace("\n", " "))
        if self._link:
            self._links[self._link].append(data)
