"""Reads an ODT (LibreOffice) by one walk over its XML: what its page shows, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from opika.errors import EncryptedFileError
from parsers.glyphs import from_symbol_font, is_symbol_font
from parsers.lines import LineMaker
from parsers.odt_styles import Look, Styles
from parsers.package import Package
from parsers.reading import EMPTY_BOX, TICKED_BOX, Cell, Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLLAPSED = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 1000
"""A cell or a space that says it stands there more often than this is hostile or empty."""
_SKIPPED = frozenset(
    {
        "tracked-changes",
        "sequence-decls",
        "forms",
        "annotation",
        "annotation-end",
        "covered-table-cell",
        "title",
        "desc",
        "ruby-text",
        "label",
        "param",
        "note-citation",
        "list-header",
        "event-listeners",
        "enhanced-geometry",
        "object",
        "object-ole",
    }
)
_SHAPES = frozenset(
    {"frame", "custom-shape", "rect", "ellipse", "circle", "line", "connector", "caption", "g"}
)


def read_odt(data: bytes) -> Reading:
    """The reading of an ODT file.

    Raises:
        FileError: damaged, hostile, too large, or protected by a password.
    """
    package = Package(data)
    if "META-INF/manifest.xml" in package.names:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest or b"encrypted-package" in manifest:
            raise EncryptedFileError("encrypted office file")
    content = package.xml("content.xml")
    page = package.xml("styles.xml") if "styles.xml" in package.names else None
    roots = [content] if page is None else [page, content]
    walk = _Walk(Styles(roots), _controls(content))
    for root in roots:
        walk.pick(root, "header")
    walk.blocks(next(_all(content, "body")))
    walk.maker.aside = True
    for root in roots:
        walk.pick(root, "footer")
    for note in walk.notes:
        walk.blocks(note)
    return Reading(walk.maker.lines)


class _Walk:
    """Goes through the elements in order."""

    def __init__(self, styles: Styles, controls: dict[str, str]) -> None:
        self.maker = LineMaker()
        self.notes: list[_Element] = []
        self._styles = styles
        self._controls = controls
        self._tables = 0
        self._boxes: list[_Element] = []

    def pick(self, root: _Element, name: str) -> None:
        """The headers or the footers of the pages, each variant that there is."""
        for found in root.iter("{*}" + name, "{*}" + name + "-left", "{*}" + name + "-first"):
            self.blocks(found)

    # --- blocks ---------------------------------------------------------------------------------

    def blocks(self, parent: _Element) -> None:
        """Paragraphs and tables below an element."""
        for child in parent:
            name = _name(child)
            if name in ("p", "h"):
                self._read_paragraph(child)
            elif name == "table":
                self._read_table(child)
            elif name not in _SKIPPED and not _is_hidden(child):
                self.blocks(child)

    def _read_paragraph(self, paragraph: _Element) -> None:
        look = self._styles.look("paragraph", _attribute(paragraph, "style-name"), Look())
        if not look.hidden:
            self._inline(paragraph, look)
        self.maker.end_paragraph()
        waiting, self._boxes = self._boxes, []
        for box in waiting:
            self.blocks(box)

    def _read_table(self, table: _Element) -> None:
        number, outer = self._tables, self.maker.cell
        self._tables += 1
        for row_number, row in enumerate(_rows(table)):
            column, cells = 0, [c for c in row if _name(c) in ("table-cell", "covered-table-cell")]
            width = sum(_count(cell, "number-columns-repeated") for cell in cells)
            for cell in cells:
                span = _count(cell, "number-columns-spanned")
                if _name(cell) == "table-cell":
                    last = column + span >= width
                    self.maker.cell = Cell(number, row_number, column, last)
                    self.blocks(cell)
                column += _count(cell, "number-columns-repeated")
        self.maker.cell = outer

    # --- what stands inside a paragraph ---------------------------------------------------------

    def _inline(self, parent: _Element, look: Look) -> None:
        self._say(parent.text, look)
        for child in parent:
            name = _name(child)
            read = self._READ.get(name)
            if read is not None:
                read(self, child, look)
            elif name in _SHAPES:
                self._read_shape(child)
            elif name not in _SKIPPED and not _is_hidden(child):
                self._inline(child, look)
            self._say(child.tail, look)

    def _read_shape(self, shape: _Element) -> None:
        """Text that stands beside a paragraph: before it if it is anchored before its words."""
        if self.maker.has_words:
            self._boxes.append(shape)
        else:
            self.blocks(shape)

    def _say(self, text: str | None, look: Look) -> None:
        if not text:
            return
        text = _COLLAPSED.sub(" ", text)
        if look.font and is_symbol_font(look.font):
            text = "".join(c if c.isspace() else from_symbol_font(look.font, c) for c in text)
        self.maker.add(text, look.emphasis)

    def _read_span(self, span: _Element, look: Look) -> None:
        own = self._styles.look("text", _attribute(span, "style-name"), look)
        if not own.hidden:
            self._inline(span, own)

    def _read_spaces(self, spaces: _Element, look: Look) -> None:
        self.maker.add(" " * _count(spaces, "c"), look.emphasis)

    def _read_tab(self, _tab: _Element, look: Look) -> None:
        self.maker.add_tab(look.emphasis)

    def _read_break(self, _break: _Element, _look: Look) -> None:
        self.maker.end_line()

    def _read_note(self, note: _Element, _look: Look) -> None:
        self.notes += _all(note, "note-body")

    def _read_mark(self, mark: _Element, look: Look) -> None:
        """A field of a form as Word knows it: a box, a choice."""
        settings = {_attribute(p, "name"): _attribute(p, "value") for p in _all(mark, "param")}
        if _attribute(mark, "type").endswith("FORMCHECKBOX"):
            ticked = settings.get("Checkbox_Checked") in ("true", "1")
            self.maker.add(TICKED_BOX if ticked else EMPTY_BOX, look.emphasis)
        else:
            self._inline(mark, look)

    def _read_content_control(self, control: _Element, look: Look) -> None:
        """A control as LibreOffice keeps it: a prompt is nobody's value."""
        if _attribute(control, "checkbox") == "true":
            ticked = _attribute(control, "checked") == "true"
            self.maker.add(TICKED_BOX if ticked else EMPTY_BOX, look.emphasis)
        elif _attribute(control, "showing-place-holder") != "true":
            self._inline(control, look)

    def _read_form_control(self, control: _Element, look: Look) -> None:
        self.maker.add(self._controls.get(_attribute(control, "control"), ""), look.emphasis)

    _READ: dict[str, Callable[[_Walk, _Element, Look], None]] = {  # noqa: RUF012 - never changed
        "span": _read_span,
        "s": _read_spaces,
        "tab": _read_tab,
        "line-break": _read_break,
        "note": _read_note,
        "fieldmark": _read_mark,
        "content-control": _read_content_control,
        "control": _read_form_control,
    }


def _controls(content: _Element) -> dict[str, str]:
    """What each control of the document's forms shows, by its key."""
    shown = {}
    for forms in _all(content, "forms"):
        for control in forms.iter(
            "{*}checkbox", "{*}radio", "{*}text", "{*}textarea", "{*}combobox"
        ):
            name = _name(control)
            if name in ("checkbox", "radio"):
                default = _attribute(control, "state") or _attribute(control, "selected")
                state = _attribute(control, "current-state") or default
                state = _attribute(control, "current-selected") or state
                text = TICKED_BOX if state in ("checked", "true") else EMPTY_BOX
                text = f"{text} {_attribute(control, 'label')}"
            else:
                text = _attribute(control, "current-value") or _attribute(control, "value")
            shown[_attribute(control, "id")] = text
    return shown


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows of a table, also those in a group or a head."""
    for child in table:
        name = _name(child)
        if name == "table-row":
            yield child
        elif name.startswith("table-") and "row" in name:
            yield from _rows(child)


def _is_hidden(element: _Element) -> bool:
    """Whether a section or a field is switched off."""
    return _attribute(element, "display") == "none" or _attribute(element, "is-hidden") == "true"


def _count(element: _Element, name: str) -> int:
    value = _attribute(element, name)
    return min(int(value), _MOST_REPEATED) if re.fullmatch(r"\d{1,9}", value) else 1


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return root.iter("{*}" + name)


def _attribute(element: _Element, name: str) -> str:
    """An attribute by its local name: its namespace differs from one version to another."""
    pairs = ((str(key), str(value)) for key, value in element.items())
    return next((value for key, value in pairs if key[key.rfind("}") + 1 :] == name), "")


def _name(element: _Element) -> str:
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]
