"""Files that must not be read: one sentence a class in French, within 5 s and 300 MB, and nothing left running."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.exchange import guard
from mobility_app.exchange.reading import read
from tests.exchange import table_files as tables

SENTENCES = {
    "missing": "n’existe pas",
    "folder": "est un dossier",
    "rights": "ne peut pas être ouvert",
    "empty": "est vide",
    "damaged": "est endommagé",
    "password": "est protégé par un mot de passe",
    "format": "format ancien ou inconnu",
    "not_a_table": "n’est pas un tableau",
    "too_large": "est trop grand",
    "unreadable": "ne peut pas être lu",
}
GIGABYTE = 1 << 30


def empty(path: Path) -> None:
    path.touch()


def blanks(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf \r\n\t\r\n")


def empty_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w"):
        pass


def truncated(path: Path) -> None:
    path.write_bytes(tables.SAMPLE.read_bytes()[:20_000])


def one_byte_changed(path: Path) -> None:
    content = bytearray(tables.SAMPLE.read_bytes())
    with zipfile.ZipFile(tables.SAMPLE) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[at + 5_000] ^= 0xFF
    path.write_bytes(content)


def broken_xml(path: Path) -> None:
    tables.repacked(path, tables.SAMPLE, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'"})


def without_parts(path: Path) -> None:
    tables.repacked(path, tables.SAMPLE, {"xl/workbook.xml": b"", "xl/_rels/workbook.xml.rels": b""})


def truncated_xls(path: Path) -> None:
    path.write_bytes((tables.DATA / "tables" / "lycee.xls").read_bytes()[:3_000])


def scrambled_xls(path: Path) -> None:
    content = bytearray((tables.DATA / "tables" / "lycee.xls").read_bytes())
    content[600:2_500] = b"\xff" * 1_900
    path.write_bytes(content)


def escaping_path(path: Path) -> None:
    tables.repacked(path, tables.SAMPLE, {"../../evil.xml": b"x"})


def locked_xlsx(path: Path) -> None:
    tables.compound(path, "EncryptionInfo", "EncryptedPackage")


def locked_xls(path: Path) -> None:
    path.write_bytes((tables.DATA / "tables" / "protege.xls").read_bytes())


def locked_ods(path: Path) -> None:
    path.write_bytes((tables.DATA / "tables" / "protege.ods").read_bytes())


def excel_3(path: Path) -> None:
    path.write_bytes(b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00" + b"\0" * 100)


def web_page(path: Path) -> None:
    path.write_text("\n<html><body><table><tr><td>Nom</td></tr></table></body></html>", "utf-8")


def excel_2003_xml(path: Path) -> None:
    path.write_text('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "utf-8")


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


def png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(2_000))


def bmp(path: Path) -> None:
    path.write_bytes(b"BM" + struct.pack("<IHHI", 3_054, 0, 0, 54) + b"\0\x10" * 1_520)


def word_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")


def old_word_document(path: Path) -> None:
    tables.compound(path, "WordDocument", "1Table")


def text_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")


def other_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lisez-moi.txt", "rien")


def noise(path: Path) -> None:
    path.write_bytes(b"\x01" + os.urandom(5_000))


def heavy(path: Path) -> None:
    path.write_bytes(b"Nom;Note\n" + b"x;y\n" * (guard.FILE_BYTES // 4))


def bomb(path: Path) -> None:
    path.write_bytes(gigabyte_of_one_cell())


@cache
def gigabyte_of_one_cell() -> bytes:
    """One gigabyte unpacked, a few megabytes of file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b"<worksheet><sheetData><row><c><v>")
            for _ in range(GIGABYTE >> 20):
                part.write(b"1" * (1 << 20))
    return file.getvalue()


def lying_bomb(path: Path) -> None:
    tables.lying_zip(path, "xl/worksheets/sheet1.xml", b" " * (guard.UNPACKED_BYTES + (5 << 20)), declared=1_000)


def entries(path: Path) -> None:
    tables.repacked(path, tables.SAMPLE, {f"xl/media/{number}.png": b"" for number in range(guard.ENTRIES)})


def million_rows(path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001))
    tables.repacked(
        path,
        tables.SAMPLE,
        {"xl/worksheets/sheet1.xml": tables.sheet_xml("").replace(b"<sheetData>", b"<sheetData>" + rows)},
    )


def far_cell(path: Path) -> None:
    tables.workbook(path, [["Nom"]])
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)


def far_column(path: Path) -> None:
    tables.workbook(path, [["Nom", *[None] * 200, "x"]])


def far_row(path: Path) -> None:
    tables.workbook(path, [["Nom"]])
    book = openpyxl.load_workbook(path)
    book.active.cell(guard.ROWS + 1, 1, "x")
    book.save(path)


def huge_ods(path: Path) -> None:
    """A million rows of a thousand filled cells, said in one element."""
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
        ' office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    with zipfile.ZipFile(tables.DATA / "tables" / "lycee.ods") as archive:
        content = archive.read("content.xml").replace(b"</table:table>", row.encode() + b"</table:table>", 1)
    tables.repacked(path, tables.DATA / "tables" / "lycee.ods", {"content.xml": content})


def long_cell(path: Path) -> None:
    tables.text(path, [["Nom", "Note"], ["A", "x" * (guard.CELL_CHARACTERS + 1)]])


def long_xlsx_cell(path: Path) -> None:
    text = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * (guard.CELL_CHARACTERS + 1)}</t></is></c></row>'
    tables.repacked(path, tables.SAMPLE, {"xl/worksheets/sheet1.xml": tables.sheet_xml(text)})


def too_many_cells(path: Path) -> None:
    tables.text(path, [["1"] * 60] * 19_000)


BAD: list[tuple[Callable[[Path], None], str, str]] = [
    *((make, "x.xlsx", "empty") for make in (empty, empty_zip)),
    (blanks, "x.csv", "empty"),
    *((make, "x.xlsx", "damaged") for make in (truncated, one_byte_changed, broken_xml, without_parts, escaping_path)),
    *((make, "x.xls", "damaged") for make in (truncated_xls, scrambled_xls)),
    *((make, "x.xlsx", "password") for make in (locked_xlsx, locked_xls, locked_ods)),
    *((make, "x.xls", "format") for make in (excel_3, web_page, excel_2003_xml)),
    *((make, "x.xlsx", "not_a_table") for make in (pdf, png, bmp, word_document, text_document, other_archive, noise)),
    (old_word_document, "x.xls", "not_a_table"),
    *((make, "x.csv", "too_large") for make in (heavy, long_cell, too_many_cells)),
    *((make, "x.xlsx", "too_large") for make in (bomb, lying_bomb, entries, million_rows, long_xlsx_cell)),
    *((make, "x.xlsx", "too_large") for make in (far_cell, far_column, far_row)),
    (huge_ods, "x.ods", "damaged"),  # the reader's own limit ends it, without saying why
]


@pytest.fixture(autouse=True)
def french() -> None:
    i18n.use("fr")


@pytest.mark.parametrize(("make", "name", "reason"), BAD, ids=[make.__name__ for make, _, _ in BAD])
def test_bad_files_say_what_is_wrong(make: Callable[[Path], None], name: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    make(path)
    before = path.read_bytes()
    with pytest.raises(UserError, match=SENTENCES[reason]) as caught:
        read(path)
    assert name in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory in kilobytes: Linux only")
@pytest.mark.parametrize("make", [bomb, lying_bomb, million_rows, far_cell, huge_ods, heavy, too_many_cells])
def test_bad_files_stay_below_300_megabytes(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    make(path)
    # A small process in between: the kernel would count the memory of this one as the child's.
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    child = [sys.executable, "-m", "mobility_app.exchange.child", str(path), "300"]
    said = subprocess.run([sys.executable, "-c", code, *child], capture_output=True, text=True, check=True).stdout
    assert 5_000 < int(said) < 300 * 1024


def test_missing_folder_and_device(tmp_path: Path) -> None:
    (tmp_path / "dossier.xlsx").mkdir()
    os.mkfifo(tmp_path / "tube.xlsx")
    for name, reason in {"rien.xlsx": "missing", "dossier.xlsx": "folder", "tube.xlsx": "unreadable"}.items():
        with pytest.raises(UserError, match=SENTENCES[reason]):
            read(tmp_path / name)


def test_without_the_right_to_read(tmp_path: Path) -> None:
    path = tables.workbook(tmp_path / "a.xlsx", [tables.TITLES])
    path.chmod(0)
    code = (
        "import sys; from mobility_app.errors import UserError; from mobility_app.exchange.reading import read\n"
        "try: read(sys.argv[1])\n"
        "except UserError as error: print(error)"
    )
    command = [*tables.as_nobody(), sys.executable, "-c", code, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert SENTENCES["rights"] in said


def test_every_class_has_its_own_sentence() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert set(SENTENCES) == set(guard.Reason.__args__)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A billion laughs in the sheet: refused or left as it is, never expanded."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = tables.sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>').decode()
    xml = xml.replace("<worksheet", f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><worksheet', 1)
    path = tables.repacked(tmp_path / "a.xlsx", tables.SAMPLE, {"xl/worksheets/sheet1.xml": xml.encode()})
    with pytest.raises(UserError, match=SENTENCES["damaged"]):
        read(path)


def test_a_formatted_but_empty_far_row_is_harmless(tmp_path: Path) -> None:
    """Whole columns with a date format reach the last row of the sheet; nothing stands there."""
    plain = tables.workbook(tmp_path / "a.xlsx", [tables.TITLES])
    cells = (
        '<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576" s="1"><c r="A1048576" s="1"/><c r="XFD1048576"/></row>'
    )
    path = tables.repacked(tmp_path / "b.xlsx", plain, {"xl/worksheets/sheet1.xml": tables.sheet_xml(cells)})
    assert [row.number for row in read(path).sheets[0].rows] == [1]


def test_what_really_comes_out_is_counted(tmp_path: Path) -> None:
    """The guard must see all bytes of an entry, not the number that the directory declares."""
    path = tables.lying_zip(tmp_path / "a.zip", "xl/worksheets/sheet1.xml", b" " * 50_000, declared=10)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        assert entry.file_size == 10
        assert zlib.crc32(b" " * 10) == entry.CRC
        with pytest.raises(zipfile.BadZipFile):  # the checksum of ten blanks is not that of fifty thousand
            list(guard.unpack(archive, entry, room=1_000_000))
    with zipfile.ZipFile(tables.SAMPLE) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        assert sum(map(len, guard.unpack(archive, entry, room=entry.file_size))) == entry.file_size
        with pytest.raises(guard.Unreadable, match="too_large"):
            list(guard.unpack(archive, entry, room=entry.file_size - 1))
