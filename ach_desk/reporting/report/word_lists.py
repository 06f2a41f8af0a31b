"""The numbers and marks of lists in a Word file."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from ach_desk.reporting.report.word_parts import element, new

_INDENT = 360


class Lists:
    """Gives the paragraphs of a list their mark or number."""

    def __init__(self, document: Any) -> None:
        self._document = document
        style = document.styles["List Bullet"].element.pPr
        self._styled = style is not None and style.find(qn("w:numPr")) is not None
        self._bullets: int | None = None

    def start(self, *, numbered: bool) -> int | None:
        """Return the number of a new list, to be given to `mark`; None where the style has the mark already."""
        if numbered:
            return self._new("decimal", "%1.")
        if self._styled:
            return None
        if self._bullets is None:
            self._bullets = self._new("bullet", "–")
        return self._bullets

    @staticmethod
    def mark(paragraph: Any, number: int | None) -> None:
        """Make a paragraph, which has a style, an entry of a list."""
        if number is None:
            return
        properties = paragraph.find(qn("w:pPr"))
        made = new("numPr")
        element(made, "ilvl", val=0)
        element(made, "numId", val=number)
        properties.find(qn("w:pStyle")).addnext(made)

    def _new(self, kind: str, text: str) -> int:
        numbering = self._numbering()
        taken = [int(entry.get(qn("w:abstractNumId"))) for entry in numbering.findall(qn("w:abstractNum"))]
        abstract = new("abstractNum", abstractNumId=max(taken, default=0) + 1)
        element(abstract, "multiLevelType", val="singleLevel")
        level = element(abstract, "lvl", ilvl=0)
        element(level, "start", val=1)
        element(level, "numFmt", val=kind)
        element(level, "lvlText", val=text)
        element(level, "lvlJc", val="left")
        element(element(level, "pPr"), "ind", left=_INDENT, hanging=_INDENT)
        # The schema wants all kinds of lists before the lists themselves.
        first = numbering.find(qn("w:num"))
        first.addprevious(abstract) if first is not None else numbering.append(abstract)
        numbers = [int(entry.get(qn("w:numId"))) for entry in numbering.findall(qn("w:num"))]
        number = max(numbers, default=0) + 1
        made = element(numbering, "num", numId=number)
        element(made, "abstractNumId", val=abstract.get(qn("w:abstractNumId")))
        return number

    def _numbering(self) -> Any:
        part = self._document.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            made = NumberingPart(
                PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, new("numbering"), part.package
            )
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made.element
