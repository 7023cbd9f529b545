"""From a drawn paper to the file that is kept: structure tree, metadata, and PDF/A-2b checked before it takes its name.

`pikepdf.pdfa` is the gate: what it does not approve is never written. The work is done in memory, so that no temporary
folder ever holds a name.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String, pdfa

from mobility_app import __version__
from mobility_app.documents.letters import MM
from mobility_app.documents.page import Element, Paper
from mobility_app.files import replacing

PRODUCER = f"Mobility App {__version__}"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


@dataclass(frozen=True)
class About:
    """What a file says about itself. `identifier` tells a later run which paper this is."""

    title: str
    languages: tuple[str, ...]
    author: str
    identifier: str
    issued_on: dt.date | None = None


def write(paper: Paper, path: str | Path, about: About) -> None:
    """Writes the finished file whole or not at all; a file that is not PDF/A-2b is a bug and raises PdfaError."""
    content = finished(paper, about)
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def finished(paper: Paper, about: About) -> bytes:
    """The bytes of the approved file; the same paper gives the same bytes."""
    pages = paper.pages
    with Pdf.open(io.BytesIO(paper.finished())) as pdf:
        _structure(pdf, paper.root, pages, paper.height)
        _drop_empty_letters(pdf)
        _describe(pdf, about)
        settings = pdfa.resolve_save_kwargs("2b", deterministic_id=True)
        saved = io.BytesIO()
        pdf.save(saved, **settings)
    report = pdfa.validate_written(saved, "2b", save_kwargs=settings)
    if report.verdict != "pass":
        raise pdfa.PdfaError(report)
    return saved.getvalue()


def identifier(path: Path) -> str:
    """The identifier of a paper that this program wrote, empty for any other file."""
    try:
        with Pdf.open(path) as pdf:
            if not str(pdf.docinfo.get(Name.Producer, "")).startswith("Mobility App "):
                return ""
            with pdf.open_metadata() as metadata:
                return str(next(iter(metadata.get("dc:identifier", "").split("\n")), ""))
    except (pikepdf.PdfError, OSError):
        return ""


def _structure(pdf: Pdf, root: Element, pages: int, height: float) -> None:
    """Structure tree: one node an element, found from its marks on the page through the parent tree."""
    marks: list[list[tuple[int, pikepdf.Object]]] = [[] for _ in range(pages)]
    sheets = [page.obj for page in pdf.pages]

    def node(element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        if element.language:
            made.Lang = String(LOCALES.get(element.language, element.language))
        if element.alt:
            made.Alt = String(element.alt)
        if element.box:
            left, top, right, bottom = element.box
            corners = [round(v * MM, 2) for v in (left, height - bottom, right, height - top)]
            made.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(corners))
        if element.tag == "TH":
            made.A = Dictionary(O=Name.Table, Scope=Name.Column)
        if element.marks:
            made.Pg = sheets[element.page]
            made.K = element.marks[0] if len(element.marks) == 1 else Array(element.marks)
            marks[element.page] += [(mark, made) for mark in element.marks]
        else:
            made.K = Array([node(child, made) for child in element.inside])
        return made

    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = node(root, tree)
    numbers = Array()
    for number, sheet in enumerate(sheets):
        numbers.append(number)
        numbers.append(pdf.make_indirect(Array([made for _, made in sorted(marks[number], key=lambda m: m[0])])))
        if Name.Trans in sheet:
            del sheet[Name.Trans]  # an empty transition, which the gate does not know
        sheet.Tabs = Name.S
        sheet.StructParents = number
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = pages
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _drop_empty_letters(pdf: Pdf) -> None:
    """reportlab maps code 0, which nobody draws, to the letter U+0000; accessible files may not hold such a letter."""
    for font in pdf.objects:
        if isinstance(font, Dictionary) and Name.ToUnicode in font:
            font.ToUnicode.write(_BLOCK.sub(_letters_of, bytes(font.ToUnicode.read_bytes())))


_BLOCK = re.compile(rb"\d+ beginbfchar\n(.*?)\nendbfchar", re.DOTALL)


def _letters_of(block: re.Match[bytes]) -> bytes:
    letters = [line for line in block[1].split(b"\n") if not line.endswith(b"<0000>")]
    return b"%d beginbfchar\n%s\nendbfchar" % (len(letters), b"\n".join(letters))


def _describe(pdf: Pdf, about: About) -> None:
    """Language, title, producer and colour space; the document information and the XMP packet say the same."""
    pdf.Root.Lang = String(LOCALES.get(about.languages[0], about.languages[0]))
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = pdf.make_stream(_packet(about))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    profile = pdf.make_stream(_srgb(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB"),
                DestOutputProfile=profile,
            )
        ]
    )
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo[Name.Title] = String(about.title)
    pdf.docinfo[Name.Author] = String(about.author)
    pdf.docinfo[Name.Producer] = String(PRODUCER)
    if about.issued_on:
        pdf.docinfo[Name.CreationDate] = String(f"D:{about.issued_on:%Y%m%d}000000Z")


def _packet(about: About) -> bytes:
    created = f"<xmp:CreateDate>{about.issued_on:%Y-%m-%d}T00:00:00Z</xmp:CreateDate>" if about.issued_on else ""
    languages = "".join(f"<rdf:li>{LOCALES.get(code, code)}</rdf:li>" for code in about.languages)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<dc:identifier>{escape(about.identifier)}</dc:identifier>
<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>{created}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


@cache
def _srgb() -> bytes:
    """The sRGB profile that pikepdf puts into a PDF/A."""
    with Pdf.new() as blank:
        blank.add_blank_page()
        pdfa.prepare(blank, "2b")
        return bytes(blank.Root.OutputIntents[0].DestOutputProfile.read_bytes())
