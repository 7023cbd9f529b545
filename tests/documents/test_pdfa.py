"""The format: PDF/A-2b by two validators, tags, language, title, embedded fonts, and a gate that refuses."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Name, pdfa
from PIL import Image

from mobility_app.core.facts import CertificateRow
from mobility_app.documents.certificate import write_each, write_merged
from mobility_app.documents.page import Paper
from mobility_app.documents.pdfa import About, identifier, write
from tests.documents.invented import PROJECT, ROW, draft, row


def picture(size: tuple[int, int] = (300, 100), mode: str = "RGBA") -> bytes:
    encoded = io.BytesIO()
    Image.new(mode, size, "teal").save(encoded, "PNG")
    return encoded.getvalue()


KINDS: dict[str, CertificateRow] = {
    "learner": ROW,
    "draft": draft(),
    "final": replace(ROW, print="final"),
    "accompanying": replace(row(role="accompanying"), learners=9),
    "logo": replace(ROW, project=replace(PROJECT, logo=picture())),
    "wide font": row(last_name="ẸLẸ́RÌ", first_name="Ὀδυσσεύς"),
    "long": row(purpose=" ".join(["charpente"] * 50), host=" ".join(["Rheinblick"] * 18), course_title="ß " * 99),
}


@pytest.mark.parametrize("kind", KINDS)
def test_both_validators_approve(tmp_path: Path, kind: str) -> None:
    (path,) = write_each(tmp_path, [KINDS[kind]])
    assert pdfa.validate_written(path, "2b").passed
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_A_2B)
    assert report.is_compliant, report


def test_only_the_declaration_is_lacking_for_accessible_files(tmp_path: Path) -> None:
    """The gate knows no PDF/UA declaration; every other rule of PDF/UA-1 is kept."""
    (path,) = write_merged(tmp_path / "all.pdf", list(KINDS.values()))
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    assert {failure.rule_id for failure in report.failures} == {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield node
    inside = node.get(Name.K)
    for child in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(child, pikepdf.Dictionary):
            yield from elements(child)


def test_every_drawn_thing_has_its_place_in_the_structure(tmp_path: Path) -> None:
    (path,) = write_merged(tmp_path / "all.pdf", [ROW, draft(13), KINDS["long"]])
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.StructTreeRoot
        found = list(elements(tree.K))
        tags = [str(node.S) for node in found]
        assert pdf.Root.MarkInfo.Marked
        assert tags.count("/H1") == tags.count("/H2") == 3
        assert {"/Document", "/Sect", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Figure"} <= set(tags)
        assert all(str(node.Alt) and len(node.A.BBox) == 4 for node in found if str(node.S) == "/Figure")
        assert any(str(node.get(Name.Lang, "")) == "en-GB" for node in found)
        parents = {int(n): entry for n, entry in zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True)}
        for number, page in enumerate(pdf.pages):
            assert page.obj.StructParents == number
            assert page.obj.Tabs == Name.S
            assert Name.Trans not in page.obj
            marks, depth = 0, 0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    depth += 1
                    marks += str(operator) == "BDC"
                elif str(operator) == "EMC":
                    depth -= 1
                elif str(operator) in ("Tj", "TJ", "f", "S", "Do"):
                    assert depth == 1, (operands, operator)
            assert marks == len(parents[number])


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    (path,) = write_each(tmp_path, [ROW])
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo[Name.Title]) == "Attestation de mobilité – MARTIN Maëlys"
        with pdf.open_metadata() as said:
            assert said["dc:title"] == "Attestation de mobilité – MARTIN Maëlys"
            assert said["dc:language"] == {"fr-FR", "en-GB"}
            assert said["dc:creator"] == [PROJECT.coordinator]
            assert said.pdfa_status == "2B"
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.obj.Resources.Font.values()}
        assert all("+" in name for name in fonts)  # subsets, so embedded
        assert not any("Helvetica" in name for name in fonts)
        assert any("Ubuntu" in name for name in fonts)


def test_the_identifier_is_read_back(tmp_path: Path) -> None:
    (path,) = write_each(tmp_path, [ROW])
    assert identifier(path) == f"CERT|{PROJECT.reference}|0012"
    path.write_bytes(b"not a PDF")
    assert identifier(path) == ""
    with pikepdf.new() as other:
        other.add_blank_page()
        other.save(path)
    assert identifier(path) == ""


def test_the_gate_refuses_and_leaves_the_old_file(tmp_path: Path) -> None:
    paper = Paper()
    with paper.decoration():
        paper.raw("(no font) Tj")
    paper.end_page()
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    with pytest.raises(pdfa.PdfaError):
        write(paper, target, About("Title", ("fr",), "Author", "X"))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]
