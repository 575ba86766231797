"""The parts of an office file (a zip of XML), opened as if the file were hostile."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from opika.errors import HostileFileError, TooLargeFileError, UnreadableFileError

PART_LIMIT = 40_000_000
"""Bytes that one XML part may unpack to; the longest real form has 0.2 MB."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class Package:
    """A zip file whose parts are read one by one, each within its limit."""

    def __init__(self, data: bytes) -> None:
        """Opens the zip.

        Raises:
            UnreadableFileError: the bytes are no zip or a damaged one.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_DAMAGED, ValueError) as err:
            raise UnreadableFileError("damaged zip") from err
        self.names = set(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a part.

        Raises:
            TooLargeFileError: it unpacks to more than the limit.
            UnreadableFileError: it is missing or damaged.
        """
        try:
            with self._zip.open(name) as part:
                data = part.read(PART_LIMIT + 1)
        except (*_DAMAGED, KeyError, ValueError) as err:
            raise UnreadableFileError("damaged part of a zip") from err
        if len(data) > PART_LIMIT:
            raise TooLargeFileError("a part of the zip passes the limit")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part.

        Raises:
            HostileFileError: it declares a document type: entities could read files or explode.
            TooLargeFileError: it unpacks to more than the limit.
            UnreadableFileError: it is missing, damaged, or no XML.
        """
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise HostileFileError("document type in XML")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as err:
            raise UnreadableFileError("damaged XML") from err
        # The same words in UTF-16 pass the search above.
        if etree.ElementTree(root).docinfo.internalDTD is not None:
            raise HostileFileError("document type in XML")
        return root
