"""What a text document needs beyond its library: language, fields, a chart that stays editable, quick tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from core.tabular import XLSX_TYPE

LANGUAGE = "id-ID"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PRINTING = b"<c:printSettings>"
# The schema wants its elements in order: what must come after the one that is put in.
AFTER_UPDATING = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr")
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
TO_BOOK = b'<c:externalData r:id="%s"><c:autoUpdate val="0"/></c:externalData>'
KEPT_ROWS = 3  # before a signature, which never stands alone on a page


def element(tag: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML, its attributes in the same space."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def speak_indonesian(docx: Docx) -> None:
    """For spelling and for screen readers."""
    for language in docx.styles.element.iter(qn("w:lang")):
        for place in ("w:val", "w:eastAsia"):
            language.set(qn(place), LANGUAGE)
    docx.core_properties.language = LANGUAGE


def count_pages_on_opening(docx: Docx) -> None:
    """Only the program that opens it knows on which page a heading stands."""
    settings = docx.settings.element
    settings.insert_element_before(element("w:updateFields", val="true"), *AFTER_UPDATING)


def add_field(paragraph: Paragraph, code: str, shown: str = "") -> None:
    """A field such as PAGE, with what it shows until a program counts anew."""
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind is None:
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)  # noqa: SLF001 (the library's own way to what it does not know)
        elif kind != "shown":
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001


def open_field(paragraph: Paragraph, code: str) -> None:
    """Begin a field before a paragraph's words; `close_field` ends it, perhaps paragraphs later."""
    add_field(paragraph, code)
    runs = [paragraph._p[place] for place in (-5, -4, -3)]  # noqa: SLF001
    paragraph._p.remove(paragraph._p[-1])  # noqa: SLF001
    for run in reversed(runs):
        paragraph._p.insert(1, run)  # noqa: SLF001


def close_field(paragraph: Paragraph) -> None:
    """End the field that was opened."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))  # noqa: SLF001


def same_letters(style: ParagraphStyle, letter: str) -> None:
    """One kind of letters, whatever the template's theme says."""
    style.font.name = letter
    fonts = style.element.find(f".//{qn('w:rFonts')}")
    for name in list(fonts.attrib):
        fonts.attrib.pop(name) if "Theme" in name else fonts.set(name, letter)


def rule_beside(style: ParagraphStyle) -> None:
    """Bold, with a line at the left."""
    style.font.bold = True
    line = element("w:left", val="single", sz="18", space="8", color="000000")
    _add_border(style.element.get_or_add_pPr(), line)


def mark(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark around a paragraph, for the table of contents."""
    paragraph._p.insert(1, element("w:bookmarkStart", id=str(number), name=name))  # noqa: SLF001
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def link(paragraph: Paragraph, name: str) -> None:
    """Make all of a paragraph a link to a bookmark."""
    anchor = element("w:hyperlink", anchor=name, history="1")
    for run in paragraph._p.findall(qn("w:r")):  # noqa: SLF001
        anchor.append(run)
    paragraph._p.append(anchor)  # noqa: SLF001


def rule_below(paragraph: Paragraph) -> None:
    """A line under a paragraph, as under a letterhead."""
    line = element("w:bottom", val="thinThickSmallGap", sz="18", space="4", color="000000")
    _add_border(paragraph._p.get_or_add_pPr(), line)  # noqa: SLF001


def _add_border(look: Any, line: Any) -> None:
    borders = element("w:pBdr")
    borders.append(line)
    look.insert_element_before(borders, *AFTER_BORDERS)


def add_chart(docx: Docx, number: int, drawing: bytes, book: bytes, alt: str, size: tuple[Emu, Emu]) -> Paragraph:
    """A paragraph with a native chart, and within the file the workbook that it draws."""
    package = docx.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    data = Part(PackURI(f"/word/embeddings/data{number}.xlsx"), XLSX_TYPE, book, package)
    relation = part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = drawing.replace(PRINTING, TO_BOOK % relation.encode() + PRINTING)  # noqa: SLF001 (known only now)
    paragraph = docx.add_paragraph()
    run = paragraph.add_run()
    run._r.append(_inline(number, docx.part.relate_to(part, RELATIONSHIP_TYPE.CHART), alt, size))  # noqa: SLF001
    return paragraph


def _inline(number: int, relation: str, alt: str, size: tuple[Emu, Emu]) -> Any:
    drawing = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")} xmlns:c="{CHART_SPACE}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="{number}" name="Grafik {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{CHART_SPACE}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    drawing.find(f".//{qn('wp:docPr')}").set("descr", alt)
    return drawing


def add_table(docx: Docx, title: str, widths: Sequence[int]) -> Any:
    """An empty table over the whole width; `title` is read by screen readers, widths are in twips."""
    table = element("w:tbl")
    about = element("w:tblPr")
    about.append(element("w:tblStyle", val="TableGrid"))
    about.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    about.append(element("w:tblLayout", type="fixed"))
    about.append(element("w:tblLook", firstRow="1", noHBand="1", noVBand="1"))
    about.append(element("w:tblCaption", val=title))
    table.append(about)
    grid = element("w:tblGrid")
    for width in widths:
        grid.append(element("w:gridCol", w=str(width)))
    table.append(grid)
    docx.element.body.insert_element_before(table, "w:sectPr")
    return table


@dataclass(frozen=True)
class Look:
    """How a row looks: a head is repeated on every page; `keep`: on one page with the row after it."""

    bold: bool = False
    head: bool = False
    keep: bool = False


def add_row(table: Any, cells: Sequence[str], styles: Sequence[str], look: Look) -> None:
    """A row of texts, each in a paragraph style."""
    row, about = element("w:tr"), element("w:trPr")
    about.append(element("w:cantSplit"))
    if look.head:
        about.append(element("w:tblHeader"))
    row.append(about)
    widths = [column.get(qn("w:w")) for column in table.find(qn("w:tblGrid"))]
    for text, style, width in zip(cells, styles, widths, strict=True):
        row.append(_cell(text, style, width, look))
    table.append(row)


def _cell(text: str, style: str, width: str, look: Look) -> Any:
    cell, about = element("w:tc"), element("w:tcPr")
    about.append(element("w:tcW", w=width, type="dxa"))
    if look.head:
        about.append(element("w:shd", val="clear", color="auto", fill="EDEDED"))
    cell.append(about)
    cell.append(_words(text, style, look))
    return cell


def _words(text: str, style: str, look: Look) -> Any:
    paragraph, about, run = element("w:p"), element("w:pPr"), element("w:r")
    about.append(element("w:pStyle", val=style))
    if look.keep:
        about.append(element("w:keepNext"))
    paragraph.append(about)
    if look.bold:
        boldness = element("w:rPr")
        boldness.append(element("w:b"))
        run.append(boldness)
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(element("w:br"))
        words = element("w:t")
        words.set(qn("xml:space"), "preserve")
        words.text = line
        run.append(words)
    paragraph.append(run)
    return paragraph


def keep_end(made: Any, gap: str) -> None:
    """Keeps what was written last on the page of what follows: a paragraph, or before a `gap` a table's last rows."""
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    rows = list(made.tables[-1].rows) if made.paragraphs[-1].style.name == gap else []
    for row in rows[-KEPT_ROWS:]:
        for line in row.cells[0].paragraphs:
            line.paragraph_format.keep_with_next = True
