"""How a text document looks: paper, letters, styles, and what stands on its first page."""

from collections.abc import Callable

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from offices.letterheads import Letterhead
from offices.papers import docx_parts as parts
from offices.papers.document import Cover, Document, Tone

LETTER = "Arial"
SHORT_SIDE, LONG_SIDE, BESIDE = Cm(21), Cm(29.7), Cm(2.4)
WIDTH = Cm(16.2)  # between the margins, upright
# Of letters, and of the space after them, in points.
SIZES = (
    ("Normal", 11, 8), ("Heading 1", 14, 12), ("Heading 2", 12, 6), ("Heading 3", 11, 4), ("Caption", 9.5, 4),
)  # fmt: skip
CELL, FIGURE = "Sel", "SelAngka"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
STYLES = {Tone.PLAIN: "Normal", Tone.NOTE: "Catatan", Tone.POINT: "List Bullet", Tone.LEAD: "Pokok"}


def width_of(document: Document) -> Length:
    """What is between the margins."""
    return Length(LONG_SIDE - 2 * BESIDE) if document.is_wide else WIDTH


def set_up(made: Docx, document: Document) -> None:
    """Paper, styles, language, and the foot of every page."""
    about = made.core_properties
    about.title, about.author = f"{document.cover.title} {document.cover.period}", document.letterhead.name
    about.comments, about.last_modified_by = "", document.letterhead.name
    about.created = about.modified = document.made_at.replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = SHORT_SIDE, LONG_SIDE
    if document.is_wide:
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = LONG_SIDE, SHORT_SIDE
    section.left_margin = section.right_margin = BESIDE
    section.top_margin = section.bottom_margin = Cm(2.2)
    _set_styles(made)
    parts.speak_indonesian(made)
    parts.count_pages_on_opening(made)
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Catatan"]
    foot.paragraph_format.tab_stops.add_tab_stop(width_of(document), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{document.running}\t")
    parts.add_field(foot, "PAGE")
    foot.add_run(" / ")
    parts.add_field(foot, "NUMPAGES")


def _set_styles(made: Docx) -> None:
    for name, size, spacing in SIZES:
        style = _style(made, name)
        style.font.name, style.font.size, style.font.color.rgb = LETTER, Pt(size), RGBColor(0, 0, 0)
        style.font.bold = name != "Normal"
        style.paragraph_format.space_after = Pt(spacing)
        parts.same_letters(style, LETTER)
    _style(made, "Heading 1").paragraph_format.alignment = CENTRE
    _style(made, "Heading 1").paragraph_format.space_before = Pt(24)
    for name in ("Heading 2", "Heading 3"):
        _style(made, name).paragraph_format.space_before = Pt(14)
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


def write_letterhead(made: Docx, letterhead: Letterhead) -> None:
    """Who writes."""
    _line(made, letterhead.government.upper(), 12)
    _line(made, letterhead.name.upper(), 15, bold=True)
    for line in letterhead.lines:
        last = _line(made, line, 9.5)
    last.paragraph_format.space_after = Pt(6)
    parts.rule_below(last)
    if letterhead.demo:
        _line(made, letterhead.demo, 11, bold=True)


def write_title(made: Docx, cover: Cover) -> None:
    """What it is called, above its first words."""
    _line(made, cover.title, 14, bold=True, before=10)
    _line(made, cover.subtitle, 11)
    _line(made, cover.period, 12, bold=True)
    _line(made, cover.standing, 9, after=12)


def write_cover(made: Docx, cover: Cover) -> None:
    """The rest of a first page."""
    _line(made, cover.title, 22, bold=True, before=90)
    _line(made, cover.subtitle, 13)
    _line(made, cover.period, 17, after=40)
    _line(made, cover.about, 12)
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
