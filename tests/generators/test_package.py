import io
import zipfile

from generators import package

PARTS = {"word/document.xml": b"<a/>" * 300, "word/media/герб.png": b"\0\xff", "empty.xml": b""}


def by_zipfile(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(member, data)
    return target.getvalue()


def test_a_package_is_to_the_byte_what_zipfile_writes() -> None:
    assert package.pack(PARTS) == by_zipfile(PARTS)
    assert package.pack({}) == by_zipfile({})
    assert package.unpack(package.pack(PARTS)) == PARTS


def test_parts_added_to_a_base_stand_behind_its_own() -> None:
    base = package.pack({"a.xml": b"<a/>", "docProps/core.xml": b"somebody"})
    whole = package.pack(PARTS, base)
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["a.xml", "docProps/core.xml", *PARTS]
        assert b"somebody" not in opened.read("docProps/core.xml")
    assert package.pack(PARTS, base) == whole
