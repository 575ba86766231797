"""Every template that ships with Opika, and the values that it may print."""

from __future__ import annotations

from collections.abc import Mapping

from generators.commission import PAPERS
from generators.kinds import KINDS

VARIABLES: Mapping[str, Mapping[str, str]] = {
    **{name: kind.VARIABLES for name, kind in KINDS.items()},
    **{name: paper.variables for name, paper in PAPERS.items()},
}
"""Name of a template -> the values of it, and what each of them is."""
