"""The report as a text document to edit: real headings, tables and charts."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import count

import docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from offices.letterheads import Letterhead
from survey.reports import docx_parts as parts
from survey.reports import native_charts
from survey.reports.document import (
    Block,
    Chart,
    Cover,
    Document,
    Heading,
    Paragraph,
    Shape,
    Signing,
    Table,
    Tone,
    as_text,
)

LETTER = "Arial"
WIDTH = Cm(16.2)
TWIPS = 9184  # of WIDTH
HEIGHTS = {Shape.BARS: Cm(8.5), Shape.PARTS: Cm(10), Shape.LINE: Cm(7.5)}
CONTENTS = 'TOC \\o "1-2" \\h \\z \\u'
KEPT_TOGETHER = 6  # rows; a longer table may break
CELL, FIGURE = "Sel", "SelAngka"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
STYLES = {Tone.PLAIN: "Normal", Tone.NOTE: "Catatan", Tone.POINT: "List Bullet", Tone.LEAD: "Pokok"}


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
        _set_up(self.docx, self.document)
        _cover(self.docx, self.document.letterhead, self.document.cover)
        self._contents()
        marks = iter(enumerate(self.headings, 1))
        for block in (*self.document.blocks, *self.document.annex):
            self._block(block, marks)
        return self.docx

    def _contents(self) -> None:
        """The table of contents, filled already; the program renews it when asked."""
        title = self.docx.add_paragraph("Daftar isi", style="TOC Heading")
        title.paragraph_format.page_break_before = True
        lines = [self._contents_line(name, heading) for name, heading in self.headings]
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
                if block in (*self.document.blocks[:1], *self.document.annex[:1]):
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
        table = parts.add_table(self.docx, block.caption, [TWIPS * each.share // total for each in block.columns])
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
        size = (Emu(WIDTH), Emu(HEIGHTS[block.shape]))
        parts.add_chart(
            self.docx, next(self.charts), drawing, book, block.alt, size
        ).paragraph_format.keep_with_next = True
        self._caption("Gambar", block.title)


def _named_headings(blocks: Sequence[Block]) -> list[tuple[str, Heading]]:
    """Each with the name that the table of contents finds it by."""
    found = [block for block in blocks if isinstance(block, Heading)]
    return [(f"_Toc{place:06}", heading) for place, heading in enumerate(found, 1)]


def _set_up(made: Docx, document: Document) -> None:
    about = made.core_properties
    about.title, about.author = f"{document.cover.title} {document.cover.period}", document.letterhead.name
    about.comments, about.last_modified_by = "", document.letterhead.name
    about.created = about.modified = document.made_at.replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _set_styles(made)
    parts.speak_indonesian(made)
    parts.count_pages_on_opening(made)
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Catatan"]
    foot.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{document.running}\t")
    parts.add_field(foot, "PAGE")
    foot.add_run(" / ")
    parts.add_field(foot, "NUMPAGES")


def _set_styles(made: Docx) -> None:
    for name, size, spacing in (("Normal", 11, 8), ("Heading 1", 14, 12), ("Heading 2", 12, 6), ("Caption", 9.5, 4)):
        style = _style(made, name)
        style.font.name, style.font.size, style.font.color.rgb = LETTER, Pt(size), RGBColor(0, 0, 0)
        style.font.bold = name != "Normal"
        style.paragraph_format.space_after = Pt(spacing)
        parts.same_letters(style, LETTER)
    _style(made, "Heading 1").paragraph_format.alignment = CENTRE
    _style(made, "Heading 1").paragraph_format.space_before = Pt(24)
    _style(made, "Heading 2").paragraph_format.space_before = Pt(14)
    _add_style(made, STYLES[Tone.LEAD], 12.5, parts.rule_beside)
    _add_style(made, "Catatan", 9, lambda style: setattr(style.font, "italic", True))
    _add_style(made, CELL, 9, lambda style: setattr(style.paragraph_format, "space_after", Pt(1)))
    _add_style(made, FIGURE, 9, _right)
    _add_style(made, "Jarak", 6, lambda style: setattr(style.paragraph_format, "space_after", Pt(4)))
    for level in (1, 2):
        _add_style(made, f"toc {level}", 10.5, _contents_line)
        _style(made, f"toc {level}").paragraph_format.left_indent = Cm(0.6 * (level - 1))
    _add_style(made, "TOC Heading", 14, lambda style: setattr(style.font, "bold", True))


def _style(made: Docx, name: str) -> ParagraphStyle:
    found = made.styles[name]
    if not isinstance(found, ParagraphStyle):
        raise TypeError(name)
    return found


def _add_style(made: Docx, name: str, size: float, mend: Callable[[ParagraphStyle], None]) -> None:
    if name in made.styles:
        made.styles[name].delete()
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.base_style, style.font.size, style.font.name = made.styles["Normal"], Pt(size), LETTER
    mend(style)


def _right(style: ParagraphStyle) -> None:
    style.paragraph_format.alignment, style.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.RIGHT, Pt(1)


def _contents_line(style: ParagraphStyle) -> None:
    style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    style.paragraph_format.space_after = Pt(3)


def _cover(made: Docx, letterhead: Letterhead, cover: Cover) -> None:
    _line(made, letterhead.government.upper(), 12)
    _line(made, letterhead.name.upper(), 15, bold=True)
    parts.rule_below(_line(made, letterhead.address, 9.5, after=6))
    if letterhead.demo:
        _line(made, letterhead.demo, 11, bold=True)
    _line(made, cover.title, 22, bold=True, before=90)
    _line(made, cover.subtitle, 13)
    _line(made, cover.period, 17, after=40)
    _line(made, "Indeks Kepuasan Masyarakat", 12)
    _line(made, cover.big, 56, bold=True)
    _line(made, cover.said, 16, after=40)
    for name, value in cover.facts:
        _line(made, f"{name}: {value}", 11)
    _line(made, cover.standing, 10, before=90)


def _line(
    made: Docx, text: str, size: float, *, bold: bool = False, before: float = 0, after: float = 4
) -> DocxParagraph:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _signing(made: Docx, signing: Signing) -> None:
    name, number = signing.name or "." * 45, signing.number or "." * 38
    made.add_paragraph(signing.words).paragraph_format.keep_with_next = True
    lines = (signing.place_and_day, f"{signing.title},", "\n\n\n", name, f"NIP {number}")
    for place, text in enumerate(lines):
        paragraph = made.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = run.underline = text == signing.name
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.left_indent = Cm(8)
        paragraph.paragraph_format.space_before = Pt(24 if place == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1
