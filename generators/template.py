"""A DOCX template read once: its text parts as compiled Jinja, the rest as bytes.

The placeholders have docxtpl's meaning (``{{ value }}``, ``{%p if … %}``, ``{%tr for … %}``) and
docxtpl's own patching of the XML is used, so that both ways of rendering agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateSyntaxError, meta
from lxml import etree

from generators import package
from generators.blocks import unbalanced
from generators.placeholders import ENVIRONMENT
from opika.errors import TemplateError

_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
PLACEHOLDER = re.compile(r"\{[{%].*?[}%]\}")
XML_TAG = re.compile("<[^>]*>")
# What our fast way does not do: rich text, sub-documents, cells in loops, docxtpl's escapes.
_DOCXTPL_ONLY = re.compile(r"\{\{-?[rp] |\{%-?tc |\{%\s*[hv]m\s*%\}|\{_[{%]")
_PLACE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be filled.

    Attributes:
        path: the file; only its name is ever told.
        base: the package of all parts that are the same in every document.
        sources: the patched Jinja source of the other parts, one paragraph a line.
        compiled: the same parts, compiled.
        needs_docxtpl: whether it uses what only docxtpl can do.
    """

    path: Path
    base: bytes
    sources: Mapping[str, str]
    compiled: Mapping[str, JinjaTemplate]
    needs_docxtpl: bool

    def variables(self) -> set[str]:
        """The names of the values that the template asks for."""
        return {
            name
            for source in self.sources.values()
            for name in meta.find_undeclared_variables(ENVIRONMENT.parse(source))
        }

    def place(self, variable: str) -> str:
        """The text of the first paragraph that uses ``variable``; "" where there is none."""
        word = re.compile(rf"(?<!\w){re.escape(variable)}(?!\w)")
        for source in self.sources.values():
            for line in source.splitlines():
                if any(word.search(placeholder) for placeholder in PLACEHOLDER.findall(line)):
                    return plain_text(line)
        return ""


def load(path: Path) -> Template:
    """The template at ``path``, read and compiled once for each version of the file.

    Raises:
        TemplateError: the file is missing, no DOCX, damaged, or its Jinja cannot be understood.
    """
    try:
        state = path.stat()
    except OSError as err:
        raise template_error(path, "", "файл не знайдено") from err
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _load(path: Path, _mtime: int, _size: int) -> Template:
    try:
        parts = package.unpack(path.read_bytes())
        texts = {name: _tree(data) for name, data in parts.items() if _TEXT_PART.fullmatch(name)}
    except (OSError, ValueError, etree.XMLSyntaxError) as err:
        raise template_error(path, "", "файл пошкоджено або це не документ Word (.docx)") from err
    words = "".join(str(text) for tree in texts.values() for text in tree.itertext())
    sources = {name: _source(tree) for name, tree in texts.items() if _is_filled(name, tree)}
    compiled = {name: _compile(path, source) for name, source in sources.items()}
    base = package.pack({name: data for name, data in parts.items() if name not in sources})
    return Template(path, base, sources, compiled, bool(_DOCXTPL_ONLY.search(words)))


def _is_filled(name: str, tree: etree._Element) -> bool:
    """Whether the part has placeholders; a document's body is always looked through."""
    return name == "word/document.xml" or any("{" in str(text) for text in tree.itertext())


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _source(tree: etree._Element) -> str:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    xml = etree.tostring(tree, encoding="unicode").replace("\n", " ")
    # docxtpl's patching is a method that uses nothing of its object.
    patched: str = DocxTemplate.patch_xml(None, xml)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)


def _compile(path: Path, source: str) -> JinjaTemplate:
    try:
        ENVIRONMENT.parse(source)
    except TemplateSyntaxError as err:
        line = source.splitlines()[err.lineno - 1]
        line, fault = unbalanced(source) or (line, f"помилка в розмітці ({err.message})")
        raise template_error(path, plain_text(line), fault) from err
    return ENVIRONMENT.from_string(source.replace("\n", ""))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence with the known name that looks most like ``name``, or ""."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f" Можливо, малося на увазі «{near[0]}»?" if near else ""


def plain_text(xml: str) -> str:
    """The words of a piece of XML, shortened to what an error message can hold."""
    text = " ".join(XML_TAG.sub("", xml).split())
    return text if len(text) <= _PLACE_LENGTH else text[: _PLACE_LENGTH - 1] + "…"


def template_error(path: Path, place: str, what: str) -> TemplateError:
    """The error for a fault of the template itself, with the template's name and the place."""
    message = where(path, place, what)
    return TemplateError(message, clerk_message=message)


def where(path: Path, place: str, what: str) -> str:
    """A message that names the template and the paragraph."""
    return f"Шаблон {path.name}{f', абзац «{place}»' if place else ''}: {what}"
