"""How one part of a Ukrainian surname is declined.

The class of a surname decides: an adjective («Левицький», «Біла»), a possessive («Ковалів»,
«Гаврилишин», «Іванов»), a noun in -а («Сорока»), in -о («Сірко») or in a consonant («Коваль»), or
one that stays as it is (a woman's «Коваль», «Сірко»). `shevchenko` knows the endings of each class
but not the class, and not every stem: the dictionary of surnames and the rules below do.

Law: Український правопис (постанова КМУ від 22.05.2019 № 437), § 142.
"""

from __future__ import annotations

import re

from rules import word_forms
from rules.endings import CASES, Gender, WordClass, by_rules
from rules.given_names import is_plain_given_name

_VOWEL = re.compile("[аеєиіїоуюя]")
_ADJECTIVE_MASCULINE = re.compile(r".{2,}(?:ий|ній|ой)\Z")
_ADJECTIVE_FEMININE = re.compile(
    r".+(?:[сцз]ьк|[оеє]в|[ії]н|[шч]ин|[ае]ньк|[бв]езпал|добн|ств)а\Z|.+(?:дн|жн|ян|чн)я\Z"
)
_NOUN_FEMININE = re.compile(
    r"(?:.*(?:сов|коров|голов|підков|дібров|вдов|основ|полов|сосн|весн|війн|рев|кров|машин|овчин"
    r"|вершин|україн)а)\Z"
)
_EITHER_FEMININE = re.compile(r".+[бвгджзклмнпрстхчш]на\Z|.+ня\Z")
_POSSESSIVE = re.compile(r".{2,}(?:[оеєії]в|[иії]н)\Z")
_PEOPLES = re.compile(r".*(?:литв|рус|турч|груз|угр|татар|циган|болгар|мадяр|греч|господ)ин\Z")
_SOFT_BEFORE_IV = re.compile(r".*(?:[цжчшщ]|ковал|корол|лес|васил|кобзар|бондар|юр|гол|федас)ів\Z")


_WITHOUT_CHANGE = re.compile(r".*(?:[еєиіїую]|.их)\Z")
# Where the orthography's own examples differ from the dictionary's paradigm.
_GENITIVES = {"снігир": "снігиря", "тиміш": "тимоша", "журавель": "журавля"}
_HUSHING = "жчшщ"
_REGULAR = {
    "masculine": re.compile(r".{2,}(?:енко|єнко|[уюі]к|[сцз]ький|ович|евич|ець|няк|чак)\Z"),
    "feminine": re.compile(r".{2,}(?:[сцз]ька|[бвгґджзйклмнпрстфхцчшщьо])\Z"),
}


def decline_part(word: str, gender: Gender) -> dict[str, str]:
    """The six oblique cases of one part of a surname, in lower case, with «’»."""
    if stays(word):
        return dict.fromkeys(CASES, word)
    genitive = genitive_of(word, gender)
    if gender == "feminine" or word.endswith(("а", "я", "о")):
        forms = by_rules(word, gender, "family", _word_class(word, gender, genitive))
        if forms["voc"].endswith(("жо", "чо", "шо", "що")):
            forms["voc"] = forms["voc"][:-1] + "е"  # the mixed group: «Груше», as «душе»
        return forms
    if _word_class(word, gender, genitive) == "adjective":
        return by_rules(word, gender, "family", "adjective")
    if _is_possessive(word, genitive):
        return _possessive(_genitive_of_possessive(word, genitive))
    return of_genitive(word, genitive or by_rules(word, gender, "family", "noun")["gen"])


def genitive_of(word: str, gender: Gender) -> str | None:
    """The genitive that the orthography or the dictionary gives; None where neither knows it."""
    return _GENITIVES.get(word) or word_forms.known_genitive(word, gender)


def stays(word: str) -> bool:
    """Whether a name in this vowel is never declined («Саакашвілі», «Алі»)."""
    return bool(_WITHOUT_CHANGE.fullmatch(word))


def is_regular(word: str, gender: Gender) -> bool:
    """Whether the surname's ending leaves no choice, so that no second opinion is needed."""
    return bool(_REGULAR[gender].fullmatch(word))


def is_ambiguous(word: str, gender: Gender) -> bool:
    """Whether the dictionary knows several ways: «Королеви», «Королевої»; «Ведмідя», «Ведмедя».

    So is a woman's «Грозна» that it does not know: a noun's ending and an adjective's look alike.
    """
    if gender == "feminine" and not word.endswith(("а", "я")):
        return False
    genitives = set(word_forms.known_genitives(word, gender))
    if gender == "feminine" and not genitives and _EITHER_FEMININE.fullmatch(word):
        return not _ADJECTIVE_FEMININE.fullmatch(word) and not _NOUN_FEMININE.fullmatch(word)
    if gender == "masculine" and not word.endswith(("ий", "ій", "ой")):
        genitives = {genitive for genitive in genitives if not genitive.endswith("го")}
    return len(genitives) > 1


def of_genitive(word: str, genitive: str) -> dict[str, str]:
    """The cases of a masculine noun of the second declension from its genitive («олень, оленя»).

    Law: Український правопис 2019, §§ 83, 87 (groups and endings of the second declension).
    """
    stem, ending = genitive[:-1], genitive[-1]
    if ending == "я":
        soft = "є" if stem[-1:] in "аеєиіїоуюя’" else "е"
        return _cases(stem, ("я", "ю", "я", f"{soft}м", f"{soft}ві", "ю"))
    if stem[-1:] in _HUSHING or (word.endswith("яр") and not word.endswith("оляр")):
        voice = "у" if stem.endswith(("ч", "щ")) else "е"
        return _cases(stem, ("а", "у", "а", "ем", "еві", voice))
    place = "у" if stem.endswith("ов") else "ові"  # «Якову», for «Яковові» is clumsy
    return _cases(stem, ("а", "у", "а", "ом", place, "у" if stem[-1:] in "гґкх" else "е"))


def _cases(stem: str, endings: tuple[str, ...]) -> dict[str, str]:
    return {case: stem + ending for case, ending in zip(CASES, endings, strict=True)}


def _word_class(word: str, gender: Gender, genitive: str | None) -> WordClass | None:
    """Whether a surname in -а, -я, -ий, -ій, -ой is a noun or an adjective; None: no matter."""
    if gender == "feminine" and not word.endswith(("а", "я")):
        return None
    if gender == "masculine" and not word.endswith(("ий", "ій", "ой")):
        return "noun"
    if genitive is not None:
        return "adjective" if genitive.endswith(("ої", "ого", "ього", "ьої", "їої")) else "noun"
    if gender == "masculine":
        return "adjective" if _ADJECTIVE_MASCULINE.fullmatch(word) else "noun"
    if _NOUN_FEMININE.fullmatch(word):
        return "noun"
    return "adjective" if _ADJECTIVE_FEMININE.fullmatch(word) else "noun"


def _is_possessive(word: str, genitive: str | None) -> bool:
    """«Ковалів», «Гаврилишин», «Іванов», but not «Литвин», «Мартин», «Лев»."""
    if not _POSSESSIVE.fullmatch(word) or _PEOPLES.fullmatch(word) or is_plain_given_name(word):
        return False
    return len(_VOWEL.findall(word)) > 1


def _genitive_of_possessive(word: str, known: str | None) -> str:
    """«Павлів» has «Павлова», «Ковалів» has «Ковалева»: «і» is only of the closed syllable."""
    if word.endswith("їв"):
        return word[:-2] + "єва"
    if not word.endswith("ів"):
        return word + "а"
    if known in (word[:-2] + "ова", word[:-2] + "ева"):
        return known
    return word[:-2] + ("ева" if _SOFT_BEFORE_IV.fullmatch(word) else "ова")


def _possessive(genitive: str) -> dict[str, str]:
    return _cases(genitive[:-1], ("а", "у", "а", "им", "у", "е"))
