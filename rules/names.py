"""Ukrainian personal names in the six oblique cases, for letters and orders.

Two opinions are asked: rules of endings with our own classes of surnames, and the dictionary. Where
they differ, or the person's gender is unclear, the result is not sure and a clerk must look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from rules import surnames, word_forms
from rules.endings import CASES, Gender, by_rules
from rules.given_names import gender_of_given_name
from rules.text import APOSTROPHES, DASHES, mend_look_alikes, tidy

CASE_WORDS: Mapping[str, str] = {
    "gen": "родовий",
    "dat": "давальний",
    "acc": "знахідний",
    "ins": "орудний",
    "loc": "місцевий",
    "voc": "кличний",
}
"""The oblique cases as a clerk calls them."""

_PATRONYMIC = {
    "masculine": re.compile(r"(?:.+(?:[оеєй]вич|йович|[кмв]ич|огли)|ілліч)\Z"),
    "feminine": re.compile(r".+(?:[ії]вна|кизи)\Z"),
}
_FAMILY_OF_GENDER = {
    "masculine": re.compile(r".+(?:[сцз]ький|ий|[оеє]в|[иії]н)\Z"),
    "feminine": re.compile(r".+(?:[сцз]ька|[оеє]ва|[ії]на)\Z"),
}
_GENDERS: Mapping[object, Gender | None] = {
    None: None,
    "masculine": "masculine",
    "feminine": "feminine",
}
_DASH = re.compile(rf"\s*[{DASHES}-]\s*")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?)+")
_UKRAINIAN_WORD = re.compile(r"[а-щьюяєіїґ’]+")
_UNKNOWN_STAYS = re.compile(r".*(?:огли|кизи)\Z")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name in one case; "" where the person has none."""

    family: str
    given: str
    patronymic: str


@dataclass(frozen=True, slots=True)
class Declined:
    """A name in its cases.

    Attributes:
        gender: "masculine" or "feminine"; None where nothing tells it: the cases are then as given.
        sure: whether gender and every form are beyond doubt.
        cases: by "gen", "dat", "acc", "ins", "loc", "voc".
    """

    gender: Gender | None
    sure: bool
    cases: Mapping[str, NameParts]


def decline(
    family: str, given: str, patronymic: str = "", gender: Gender | None = None
) -> Declined:
    """The name in the six oblique cases.

    Spaces and Latin look-alikes are mended first, initials stay. Capitals are kept.

    Args:
        family: surname in the nominative, double ones with a hyphen.
        given: given name in the nominative, or initials.
        patronymic: patronymic in the nominative, initials or "".
        gender: where it is known; otherwise it is told from the patronymic, the name, the surname.
    """
    parts = NameParts(_mended(family), _mended(given), _mended(patronymic))
    told, plain = _gender(parts)
    gender = gender or told
    if gender is None:
        return Declined(None, sure=False, cases=dict.fromkeys(CASES, parts))
    family_forms, family_sure = _declined(parts.family, gender, _family)
    given_forms, given_sure = _declined(parts.given, gender, _given)
    patronymic_forms, patronymic_sure = _declined(parts.patronymic, gender, _patronymic)
    sure = family_sure and given_sure and patronymic_sure and plain and told in (None, gender)
    cases = {
        case: NameParts(family_forms[case], given_forms[case], patronymic_forms[case])
        for case in CASES
    }
    return Declined(gender, sure, cases)


def is_patronymic(word: str) -> bool:
    """Whether a word looks like a patronymic, a man's or a woman's."""
    folded = _APOSTROPHE.sub("’", _mended(word)).casefold()
    return any(pattern.fullmatch(folded) for pattern in _PATRONYMIC.values())


def doubt(name: str, case: str) -> str:
    """What a clerk is asked where a name's form in a case is not sure; found again by its words."""
    return f"перевірте {CASE_WORDS[case]} відмінок: {tidy(name)}"


def explain_name(line: Mapping[str, object]) -> dict[str, object]:
    """One line of ``opika explain name``: the cases of a name, or what is wrong with the line."""
    family, given, patronymic = (line.get(key) or "" for key in ("family", "given", "patronymic"))
    gender = line.get("gender")
    if not (isinstance(family, str) and isinstance(given, str) and isinstance(patronymic, str)):
        return {"error": "«family», «given» і «patronymic» мають бути рядками в лапках."}
    if not (family or given or patronymic):
        return {"error": "Потрібен хоча б один із ключів «family», «given», «patronymic»."}
    if not (gender is None or isinstance(gender, str)) or gender not in _GENDERS:
        return {"error": "«gender» має бути «masculine» або «feminine»."}
    found = decline(family, given, patronymic, _GENDERS.get(gender))
    cases = {case: asdict(parts) for case, parts in found.cases.items()}
    return {"gender": found.gender, "sure": found.sure, **cases}


def _mended(name: str) -> str:
    return _DASH.sub("-", mend_look_alikes(tidy(name)))


def _gender(parts: NameParts) -> tuple[Gender | None, bool]:
    """The gender that the name tells, and whether nothing in it speaks against it."""
    told = [
        _by_endings(parts.patronymic, _PATRONYMIC),
        gender_of_given_name(_APOSTROPHE.sub("’", parts.given.split("-")[0])),
        _by_endings(parts.family, _FAMILY_OF_GENDER),
    ]
    first = next((gender for gender in told if gender), None)
    return first, all(gender in (None, first) for gender in told[:2])


def _by_endings(word: str, patterns: Mapping[str, re.Pattern[str]]) -> Gender | None:
    folded = _APOSTROPHE.sub("’", word.lower())
    if patterns["masculine"].fullmatch(folded):
        return "masculine"
    return "feminine" if patterns["feminine"].fullmatch(folded) else None


Forms = tuple[dict[str, str], bool]


def _declined(name: str, gender: Gender, decline_word: Callable[[str, Gender], Forms]) -> Forms:
    """A name of one or more words with hyphens or spaces, each word declined; and whether sure."""
    if not name or _INITIALS.fullmatch(name):
        return dict.fromkeys(CASES, name), True
    written = re.split(r"([- ])", name)
    forms, sure = dict.fromkeys(CASES, ""), True
    for place, word in enumerate(written):
        found, word_sure = _declined_word(
            word, gender, decline_word, last=place == len(written) - 1
        )
        forms = {case: forms[case] + found[case] for case in CASES}
        sure = sure and word_sure
    return forms, sure


def _declined_word(
    written: str, gender: Gender, decline_word: Callable[[str, Gender], Forms], *, last: bool
) -> Forms:
    word = _APOSTROPHE.sub("’", written.lower())
    if not written.strip("- "):
        return dict.fromkeys(CASES, written), True
    if not _UKRAINIAN_WORD.fullmatch(word):
        return dict.fromkeys(CASES, written), False
    if not last and decline_word is _family and _one_syllable(word):
        # Law: Український правопис 2019, § 142: «Драй-Хмари», «Ван-Гога».
        return dict.fromkeys(CASES, written), False
    forms, sure = decline_word(word, gender)
    return {case: _as_written(form, written) for case, form in forms.items()}, sure


def _one_syllable(word: str) -> bool:
    return sum(letter in "аеєиіїоуюя" for letter in word) < 2


def _as_written(form: str, written: str) -> str:
    """Capitals and the kind of apostrophe as in the nominative."""
    apostrophe = _APOSTROPHE.search(written)
    form = form.replace("’", apostrophe[0] if apostrophe else "’")
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if written[:1].isupper() else form


def _family(word: str, gender: Gender) -> Forms:
    forms = surnames.decline_part(word, gender)
    if surnames.is_regular(word, gender):
        return forms, True
    return forms, not surnames.is_ambiguous(word, gender) and _agreed(word, gender, forms)


def _given(word: str, gender: Gender) -> Forms:
    if gender == "masculine" and word[-1] not in "аяо" and not surnames.stays(word):
        genitive = surnames.genitive_of(word, gender) or by_rules(word, gender, "given")["gen"]
        forms = surnames.of_genitive(word, genitive)
    else:
        forms = by_rules(word, gender, "given")
    return forms, _agreed(word, gender, forms)


def _patronymic(word: str, gender: Gender) -> Forms:
    if _UNKNOWN_STAYS.fullmatch(word):
        return dict.fromkeys(CASES, word), True
    forms = by_rules(word, gender, "patronymic")
    if gender == "masculine":
        forms["loc"] = forms["dat"]
    return forms, bool(_PATRONYMIC[gender].fullmatch(word))


def _agreed(word: str, gender: Gender, forms: Mapping[str, str]) -> bool:
    """Whether the dictionary, too, has each form; it lacks the vocative of many surnames."""
    known = {case: word_forms.forms(word, gender, case) for case in CASES}
    # A thing's name («моток») has another accusative than a person of that name.
    known["acc"] |= known["gen"] if gender == "masculine" else frozenset()
    known["voc"] = known["voc"] or frozenset({forms["voc"]})
    return all(form in known[case] for case, form in forms.items())
