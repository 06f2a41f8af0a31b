"""Charts as files: well formed, the same bytes each time, text as text, fonts embedded, nothing of the machine."""

from __future__ import annotations

import getpass
import io
import os
import re
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from helpers.assessments import assessment_of, mixed_dates, mixed_levels, random_ratings
from helpers.tools import needs_font, needs_tool
from PIL import Image

from ach_desk.reporting.chart_options import OF_SCORES
from ach_desk.reporting.charts import FORMATS, KINDS, ChartOptions, alternative_text, draw, save
from ach_desk.scoring import Assessment, headline

_REFERENCES = Path(__file__).parents[1] / "data" / "charts"
_SVG = "{http://www.w3.org/2000/svg}"
_HOSTILE = (
    "Costs $x^2_1$ & <script>alert(1)</script> \\frac{a}{b} ]]> --> 50 %",
    '"><image href="file:///etc/passwd"/> font-family: evil',
    "line\nline\x00\x1b\u202e \ud800 \ufffe",
)
_TITLES = ("Mutiny", "Staged operation", "Bargaining move", "Mutiny that was let run")


def _case(titles: tuple[str, ...] = _TITLES) -> Assessment:
    combinations = (3,) if len(titles) > 3 else ()
    return assessment_of(
        titles,
        [*titles, "Another"] * 2,
        random_ratings(21),
        combinations=combinations,
        levels=mixed_levels,
        dates=mixed_dates,
    )


def _svg_text(content: bytes) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(content).iter(_SVG + "text")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("titles", [_TITLES, _HOSTILE], ids=["plain", "hostile"])
def test_an_svg_is_well_formed_and_refers_to_nothing_outside(kind: str, titles: tuple[str, ...]) -> None:
    content = save(kind, _case(titles), ChartOptions(marking="A & B <c>", date="2023"), "svg")
    root = ElementTree.fromstring(content)
    assert root.tag == _SVG + "svg"
    assert root.get("role") == "img"
    assert b"<!DOCTYPE" not in content
    names = {element.tag.rpartition("}")[2].lower() for element in root.iter()}
    assert not names & {"script", "image", "foreignobject", "a", "iframe", "use"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "rdf" in name or "://" not in value
            assert "url(" not in value or "url(#" in value


def test_the_text_of_an_svg_is_text_and_literal() -> None:
    texts = _svg_text(save("consistency", _case(_HOSTILE), ChartOptions(width_px=2000), "svg"))
    assert headline(_case(_HOSTILE)) in texts
    shown = " ".join(texts)
    assert "$x^2_1$ & <script>alert(1)</script> \\frac{a}{b}" in shown
    assert "font-family: evil" in shown
    assert "sans-serif" not in shown
    assert "E1" in texts


def test_an_svg_names_the_chart_for_screen_readers_and_falls_back_to_any_sans_serif() -> None:
    content = save("consistency", _case(), ChartOptions(), "svg")
    root = ElementTree.fromstring(content)
    picture = draw("consistency", _case(), ChartOptions())
    assert root.findtext(_SVG + "title") == headline(_case())
    assert root.findtext(_SVG + "desc") == picture.alt_text
    families = set(re.findall(r"font-family: ([^;\"]*)", content.decode()))
    assert families == {"'DejaVu Sans', sans-serif"}


def test_an_svg_can_have_its_text_as_shapes() -> None:
    content = save("consistency", _case(), ChartOptions(outlines=True), "svg")
    assert _svg_text(content) == []
    ElementTree.fromstring(content)


@pytest.mark.parametrize("kind", OF_SCORES)
def test_a_pdf_embeds_its_fonts_and_keeps_its_text(kind: str, tmp_path: Path) -> None:
    needs_tool("pdffonts", "pdftotext", "pdfinfo")
    path = tmp_path / "chart.pdf"
    path.write_bytes(save(kind, _case(), ChartOptions(marking="RESTRICTED"), "pdf"))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts), fonts
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("RESTRICTED") == 2
    assert "Staged operation" in text
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "ACH Desk" in info
    assert "CreationDate" not in info


def test_a_pdf_holds_other_scripts_too(tmp_path: Path) -> None:
    needs_font("Noto Sans CJK JP")
    needs_tool("pdftotext")
    path = tmp_path / "chart.pdf"
    path.write_bytes(save("ranking", _case(("漢字かな", "שלום עולם", "Ελληνικά")), ChartOptions(), "pdf"))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "漢字かな" in text
    assert "Ελληνικά" in text
    assert "שלום" in text or "םולש" in text


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_png_is_the_picture(scale: float) -> None:
    options = ChartOptions(width_px=round(700 * scale), scale=scale)
    picture = draw("ranking", _case(), options)
    with Image.open(io.BytesIO(save("ranking", _case(), options, "png"))) as image:
        assert image.size == (picture.width, picture.height)
        assert image.convert("RGBA").tobytes() == picture.rgba
        assert image.info["dpi"] == pytest.approx((96 * scale, 96 * scale), abs=0.5)
        assert image.text == {"Title": headline(_case()), "Description": alternative_text("ranking", _case())}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["漢字😀🦉", "שלום", "\U0001f1e9 \x00\ud800\u202e\ufffe", "\n\t ", "🏽" * 90, "x" * 400]
)
def test_odd_text_in_every_place_draws_and_saves_without_a_warning(kind: str, text: str) -> None:
    plain = _case((text, *_TITLES[1:]))
    odd = replace(
        plain,
        items=tuple(item.model_copy(update={"label": text, "title": text}) for item in plain.items),
        hypotheses=tuple(record.model_copy(update={"label": text}) for record in plain.hypotheses),
    )
    options = ChartOptions(marking=text, notice=text, analyst=text, date=text)
    assert draw(kind, odd, options).rgba
    for fmt in FORMATS:
        assert save(kind, odd, options, fmt)
    ElementTree.fromstring(save(kind, odd, options, "svg"))


_FILES = """
import hashlib
from helpers.assessments import assessment_of, mixed_levels, random_ratings
from ach_desk.reporting.charts import FORMATS, KINDS, ChartOptions, save
case = assessment_of(["A", "Grüße", "C"], ["X", "Y", "Z"], random_ratings(5), levels=mixed_levels)
options = ChartOptions(black_and_white=True)
hashes = [hashlib.sha256(save(kind, case, options, fmt)).hexdigest() for kind in KINDS for fmt in FORMATS]
"""


def test_the_same_chart_gives_the_same_bytes_in_every_process() -> None:
    here: dict[str, list[str]] = {}
    exec(_FILES, here)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-c", _FILES + "print(*hashes)"]
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
    assert len(set(there)) == len(KINDS) * len(FORMATS)
    assert there == here["hashes"]


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_file_tells_about_person_machine_or_path(fmt: str) -> None:
    content = save("consistency", _case(), ChartOptions(), fmt)
    private = [socket.gethostname(), getpass.getuser(), str(Path.home()), str(Path.cwd()), sys.prefix]
    telling = [word for word in private if len(word) > 5]  # shorter ones turn up by chance in packed bytes
    for word in (*telling, "matplotlib.org"):
        assert word.encode() not in content


@pytest.mark.parametrize(
    ("kind", "look"),
    [*((kind, "light") for kind in KINDS), ("consistency", "dark"), ("consistency", "black and white")],
)
def test_a_chart_looks_like_its_reference(kind: str, look: str) -> None:
    """Compares with pictures made by ``ACH_DESK_NEW_PICTURES=1 pytest`` and looked at before they were committed."""
    options = ChartOptions(
        width_px=640,
        marking="EXERCISE",
        date="30 June 2023",
        palette="dark" if look == "dark" else "light",
        black_and_white=look == "black and white",
    )
    content = save(kind, _case(), options, "png")
    path = _REFERENCES / f"{kind}-{look.replace(' ', '-')}.png"
    if os.environ.get("ACH_DESK_NEW_PICTURES"):
        path.write_bytes(content)
    with Image.open(io.BytesIO(content)) as now, Image.open(path) as reference:
        assert now.size == reference.size
        difference = np.asarray(now.convert("RGB"), float) - np.asarray(reference.convert("RGB"), float)
    assert np.sqrt((difference**2).mean()) < 6.0
    moved = np.abs(difference).max(axis=2) > 96
    assert moved.mean() < 0.01, "more than the edges of letters differ"
