from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from generators.kinds import KINDS
from tests.generators.make_pictures import PICTURES, main, picture


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_picture_that_somebody_can_read(kind: str) -> None:
    with Image.open(PICTURES / f"{kind}.png") as shown:
        shown.verify()
        assert shown.width >= 480 and shown.height >= 680


def test_a_picture_shows_all_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pypdfium2.PdfDocument.new() as made:
        for _ in range(2):
            made.new_page(595, 842)
        made.save(path)
    assert picture(path.read_bytes()).size == (2 * 529 + 6, 749)


def test_a_kind_that_there_is_not_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="No such kind: nosuch"):
        main(["nosuch"], tmp_path)
    assert list(tmp_path.iterdir()) == []
