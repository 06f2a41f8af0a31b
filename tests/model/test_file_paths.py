"""Paths and addresses out of a file are followed only where they lead where they say, on every system."""

from __future__ import annotations

import pytest

from ach_desk.model import Attachment, EvidenceItem, EvidenceStatus, new_analysis
from ach_desk.model.file_paths import domain_of, is_inside, is_web_address, same_name
from ach_desk.model.integrity import problems

HOSTILE = [
    "",
    "/etc/passwd",
    "../../etc/passwd",
    "case.files/../../x",
    "case.files//x",
    "./x",
    "x/.",
    "C:\\x",
    "C:/x",
    "c:x",
    "case.files/x:hidden",
    ".git/config",
    "case.files/.x.lock",
    "\\\\server\\share\\x",
    "//server/share/x",
    "a\\b",
    "case.files/a\x00.png",
    "case.files/a\n.png",
    "case.files/\ud800",
    "case.files/CON",
    "nul.txt",
    "case.files/x.",
    "case.files/x ",
    "x" * 256,
    "/".join(["x" * 100] * 12),
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_that_leads_out_is_not_inside(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize(
    "path", ["x.png", "case.files/x.png", "a/b/c d (1).pdf", "Bericht für E7.pdf", "漢字/画像.png"]
)
def test_a_plain_path_is_inside(path: str) -> None:
    assert is_inside(path)


def test_names_that_one_system_takes_for_one_are_the_same() -> None:
    assert same_name("Straße/É.PNG") == same_name("strasse/e\u0301.png")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://",
        "https:///x",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "https://example.org/a b",
        "https://example.org/\nHost: x",
        "https://example.org:port/",
        "https://[::1",
        "example.org",
        " https://example.org",
    ],
)
def test_what_is_no_plain_web_address_is_refused(address: str) -> None:
    assert not is_web_address(address)
    assert domain_of(address) == ""


def test_the_domain_of_an_address() -> None:
    assert domain_of("https://WWW.Example.org:8080/x?y#z") == "example.org"
    assert domain_of("http://news.example.org") == "news.example.org"


def test_a_path_out_of_the_folder_and_an_unsorted_item_in_a_matrix_are_problems() -> None:
    analysis = new_analysis()
    attachments = (Attachment(path="../x"), Attachment(path="case.files/y"))
    item = EvidenceItem(id="e1", label="E1", title="x", attachments=attachments, status=EvidenceStatus.UNSORTED)
    analysis.evidence[item.id] = item
    analysis.matrices[0].evidence.append(item.id)
    texts = [problem.text for problem in problems(analysis)]
    assert len(texts) == 2
    assert "E1 names a file outside the folder of the analysis (../x)" in texts[0]
    assert "lists E1, which is unsorted" in texts[1]
