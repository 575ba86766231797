import subprocess
import sys
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_shipped_templates_are_what_their_maker_makes(tmp_path: Path) -> None:
    maker = [sys.executable, str(TEMPLATES / "make.py"), str(tmp_path)]
    subprocess.run(maker, check=True, timeout=60)  # noqa: S603 - our own script
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    shipped = [*TEMPLATES.glob("*.docx"), TEMPLATES / "README.md"]
    assert made == {path.name: path.read_bytes() for path in shipped}
