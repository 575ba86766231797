"""The case endings of names by the rules of the package `shevchenko`, one word at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

Gender = Literal["masculine", "feminine"]
Part = Literal["family", "given", "patronymic"]
WordClass = Literal["noun", "adjective"]

CASES = ("gen", "dat", "acc", "ins", "loc", "voc")
_THEIR_CASES = ("genitive", "dative", "accusative", "ablative", "locative", "vocative")
_THEIR_PARTS = {"family": "familyName", "given": "givenName", "patronymic": "patronymicName"}


@lru_cache(maxsize=4096)
def _inflected(word: str, gender: Gender, part: Part, word_class: WordClass | None) -> list[str]:
    # Late: the package compiles its rules on import, and only letters need it.
    from shevchenko import language, word_declension  # type: ignore[import-untyped]
    from shevchenko.word_declension import (  # type: ignore[import-untyped]
        bootstrap,
        word_inflector,
    )

    def ask(case: str) -> Any:
        parameters = word_inflector.DeclensionParams(
            language.GrammaticalCase(case),
            language.GrammaticalGender(gender),
            language.WordClass(word_class) if word_class else None,
            word_declension.ApplicationType(_THEIR_PARTS[part]),
            (lambda rule, *_: bool(rule["applicationType"])) if part == "patronymic" else None,
        )
        return bootstrap.word_inflector.inflect(word, parameters)

    return [str(ask(case)).replace("'", "’") for case in _THEIR_CASES]


def by_rules(
    word: str, gender: Gender, part: Part, word_class: WordClass | None = None
) -> dict[str, str]:
    """The six oblique cases of a word in lower case, with «’» for an apostrophe.

    Args:
        word: one word, without a hyphen, in lower case.
        gender: of the person.
        part: which part of a name the word is.
        word_class: of a surname that may be either, whether it is a noun or an adjective.
    """
    return dict(zip(CASES, _inflected(word, gender, part, word_class), strict=True))
