"""The report as a text document to edit: real headings, tables and charts."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count

import docx
from docx.document import Document as Docx
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from offices.papers import docx_parts as parts
from offices.papers import native_charts
from offices.papers.document import (
    Block,
    Chart,
    Document,
    Heading,
    Paragraph,
    Shape,
    Signing,
    Table,
    as_text,
)
from offices.papers.docx_look import (
    CELL,
    CENTRE,
    FIGURE,
    STYLES,
    set_up,
    width_of,
    write_cover,
    write_letterhead,
    write_title,
)

HEIGHTS = {Shape.BARS: Cm(8.5), Shape.PARTS: Cm(10), Shape.LINE: Cm(7.5)}
CONTENTS = 'TOC \\o "1-2" \\h \\z \\u'
LOW = Emu(Cm(4.8))
INNER = 3  # the level of headings that no table of contents names
KEPT_TOGETHER = 6  # rows; a longer table may break


def made(document: Document) -> bytes:
    """The whole report."""
    file = BytesIO()
    _Writer(document).written().save(file)
    return file.getvalue()


class _Writer:
    """Writes one document from its first page to its last."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.docx: Docx = docx.Document()
        self.numbers = {word: count(1) for word in ("Tabel", "Gambar")}
        self.charts = count(1)
        self.headings = _named_headings([*document.blocks, *document.annex])

    def written(self) -> Docx:
        """The library's document."""
        set_up(self.docx, self.document)
        write_letterhead(self.docx, self.document.letterhead)
        if self.document.cover.is_page:
            write_cover(self.docx, self.document.cover)
            self._contents()
        else:
            write_title(self.docx, self.document.cover)
        marks = iter(enumerate(self.headings, 1))
        for block in (*self.document.blocks, *self.document.annex):
            self._block(block, marks)
        return self.docx

    def _contents(self) -> None:
        """The table of contents, filled already; the program renews it when asked."""
        title = self.docx.add_paragraph("Daftar isi", style="TOC Heading")
        title.paragraph_format.page_break_before = True
        lines = [self._contents_line(name, one) for name, one in self.headings if one.level < INNER]
        parts.open_field(lines[0], CONTENTS)
        parts.close_field(lines[-1])

    def _contents_line(self, name: str, heading: Heading) -> DocxParagraph:
        line = self.docx.add_paragraph(style=f"toc {heading.level}")
        line.add_run(f"{heading.text}\t")
        parts.add_field(line, f"PAGEREF {name} \\h")
        parts.link(line, name)
        return line

    def _block(self, block: Block, marks: Iterator[tuple[int, tuple[str, Heading]]]) -> None:
        match block:
            case Heading():
                number, (name, _) = next(marks)
                line = self.docx.add_heading(block.text, block.level)
                if self._begins_page(block):
                    line.paragraph_format.page_break_before = True
                parts.mark(line, name, number)
            case Paragraph():
                self.docx.add_paragraph(block.text, style=STYLES[block.tone])
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Signing():
                parts.keep_end(self.docx, "Jarak")
                _signing(self.docx, block)

    def _begins_page(self, block: Heading) -> bool:
        """The first after a cover, and the annex."""
        has_cover = self.document.cover.is_page
        return block in (*self.document.blocks[:has_cover], *self.document.annex[:1])

    def _caption(self, word: str, text: str) -> DocxParagraph:
        line = self.docx.add_paragraph(f"{word} ", style="Caption")
        parts.add_field(line, f"SEQ {word} \\* ARABIC", str(next(self.numbers[word])))
        line.add_run(f": {text}")
        return line

    def _table(self, block: Table) -> None:
        if not block.rows and not block.sums:
            self.docx.add_paragraph(block.empty)
            return
        self._caption("Tabel", block.caption).paragraph_format.keep_with_next = True
        total = sum(column.share for column in block.columns)
        twips = width_of(self.document).twips
        table = parts.add_table(self.docx, block.caption, [twips * each.share // total for each in block.columns])
        styles = [FIGURE if column.is_figure else CELL for column in block.columns]
        heads = [column.head for column in block.columns]
        parts.add_row(table, heads, styles, parts.Look(bold=True, head=True, keep=True))
        rows = [*((row, False) for row in block.rows), *((row, True) for row in block.sums)]
        for place, (row, is_sum) in enumerate(rows, 1):
            keep = place < len(rows) <= KEPT_TOGETHER
            parts.add_row(table, list(map(as_text, row)), styles, parts.Look(bold=is_sum, keep=keep))
        self.docx.add_paragraph(style="Jarak")

    def _chart(self, block: Chart) -> None:
        drawing, book = native_charts.alone(block)
        size = (Emu(width_of(self.document)), LOW if block.is_low else Emu(HEIGHTS[block.shape]))
        parts.add_chart(
            self.docx, next(self.charts), drawing, book, block.alt, size
        ).paragraph_format.keep_with_next = True
        self._caption("Gambar", block.title)


def _named_headings(blocks: Sequence[Block]) -> list[tuple[str, Heading]]:
    """Each with the name that the table of contents finds it by."""
    found = [block for block in blocks if isinstance(block, Heading)]
    return [(f"_Toc{place:06}", heading) for place, heading in enumerate(found, 1)]


def _signing(made: Docx, signing: Signing) -> None:
    name, number = signing.name or "." * 45, signing.number or "." * 38
    made.add_paragraph(signing.words).paragraph_format.keep_with_next = True
    ranked = filter(None, [signing.rank])
    lines = (signing.place_and_day, f"{signing.title},", "\n\n\n", name, *ranked, f"NIP {number}")
    for place, text in enumerate(lines):
        paragraph = made.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = run.underline = text == signing.name
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.left_indent = Cm(8)
        paragraph.paragraph_format.space_before = Pt(24 if place == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1
