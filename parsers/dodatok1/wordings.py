"""What the form's labels and explanations are made of, printed or reworded by whoever typed it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz

from parsers.dodatok1.labels import BODY, HEAD, RECIPIENT, SENDER
from parsers.dodatok1.stream import Stream, mended

_TORN = 60
"""Of a hundred: a value as like a hint as this holds it."""
_SURELY = 90
_ROW_OF_WORDS = 5
LONG_HINT = 30
_PIECE, _STEP = 24, 4
"""Letters of a piece of a hint, and of the steps in which pieces are cut."""
_HINTS: dict[str, list[str]] = {}
for _label in BODY:
    if _label.hint:
        _HINTS.setdefault(_label.key, []).extend(_label.phrases)
_ALL_HINTS = "\n".join(phrase for lab in (*HEAD, *BODY) if lab.hint for phrase in lab.phrases)
_WORD = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"\([^()\d]{8,250}(?:\([^()\d]{1,80}\)[^()\d]{0,120})?\)")
"""What may be an explanation."""
_IN_HINT = re.compile(
    r"(?:п|і|б|зв|язок|тощо|піб)|(?:подає|подав|подал|надає|надав|надал|вчинен|виконан|здійснюв|важлив"
    r"|інш|працю|родинн|посад|спеціаліст|фахівц|обстежен|відвідуван|огляд|рейд|візит|найменуван|назв"
    r"|поштов|електронн|підпис|зазначит|вказат|потріб|необхідн|підкреслит|відміт|позначит|якщо"
    r"|відповідн|пункт|варіант)\w{0,9}",
    re.IGNORECASE,
)
"""The beginnings of the words that explanations have besides."""
_LEAST_LEFT = 12
"""Letters: fewer of a printed explanation may be anybody's words."""
_LEAST_WORDS = 3
HINT_WORDS = re.compile(
    r"прізвищ|ім.?я\b|по батькові|п\.?і\.?[бп]\.?|найменуван|назв|організаці|установ|заклад"
    r"|посад|вік\b|адрес|телефон|обстежен|відвідуван|візит|огляд|рейд|тощо|зазначит|вказат"
    r"|підпис|родинн|доводит|працю",
    re.IGNORECASE,
)
HINT_OF = (
    (re.compile(r"отрима|одержа|адресат|кому", re.IGNORECASE), RECIPIENT),
    (re.compile(r"направл|надсила|надісла|відправ|скерову|від\s+кого", re.IGNORECASE), SENDER),
)
"""The word that tells whose organisation an explanation speaks of."""
PARTY = re.compile(
    r"[^\S\n]*(?:\d{1,2}[.)][^\S\n]*)?(?:найменуван|назв|організац|установ|заклад|орган|суб.єкт"
    r"|хто|кому|ким)(?:[^\n:()_\d–—-]|\n(?=[а-яіїєґ])){0,60}?"
    r"(?:направл|надсил|надісла|відправ|скеров|отрим|одерж|адресов)\w*"
    r"(?:\s(?:повідомлення|інформацію|звернення))?(?:\s{0,3}\([^()]{2,80}\))?"
    r"[^\S\n]*(?:[:–—-]|(?=\n))",
    re.IGNORECASE,
)
"""A label of one of the two organisations in words of its own: «Хто направляє (заклад):»."""
FROM_WHOM = re.compile(r"[^\S\n]*від\s+кого\b[^\S\n]*:", re.IGNORECASE)
"""The sender's label in the head, the reporter's below."""
_WORDING = re.compile(
    r"(?:сім|родин|дитин|діт|неповноліт|особ|громадян|повідом|інформ|звернен|виявлен|факт|ознак"
    r"|застереж|обставин|ситуац|проблем|подій|подія|стал|трапил|відбул|звернув|звернул|заявник|заявниц|документ|додат|додан|додаєт|додают"
    r"|перелік|список|прийн|прийом|прийма|прийм|фактичн|зареєстрованого|реєстрац|прожива|перебув|мешка"
    r"|адрес|місц|відом|дан|прізвищ|ім|батьков|вік|дат|час|год|заход|вжит|здійсн|провед|зроблен"
    r"|закла|установ|суб|орган|дії|реагув|результ|наслід|надійш|надходж|надан|надав|назв|найменув|спосіб"
    r"|форм|джерел|усн|уст|вид|зв.яз|телефон|письм|складн|житт|сжо|зміст|суть|опис|виклад|відмов|щодо"
    r"|стосовн|ким|про(?!пис)|від|до|хто|кого|яка|який|яку|якого|які|було|первинн|невідкладн|термінов"
    r"|нами|підстав|встановлен|також|коли|де)\w{0,9}"
    r"|чи|або|та|і|й|ї|за|у|в|на|з|із|їх|її|його|як|що|інш\w{0,3}",
    re.IGNORECASE,
)
"""The beginnings of the words that the form's labels are made of, reworded or not."""
_ENDING = re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)|(?<=[^\W\d_])[’'\u02bc`](?=[^\W\d_])")
"""The other gender's ending, «надав(ла)», and apostrophes."""
_OTHER_MATTER = re.compile(
    r"\b(?:категор|телефон|стат[ьі]\b|громадянств|інвалідн|освіт|термін|рівень|примітк|підпис|довідк"
    r"|контакт|кількіст|номер|дат[аи]\b(?!.*виявл)|наявніст|вид\b|тип\b)",
    re.IGNORECASE,
)
"""What makes a label one of a field that the form does not have."""
_RARER = re.compile(
    r"(?:піб|автор|ініціатор|надав|надал|надан|надійш|стосу|стосовн|короткий|стисл|корот|під|виїзд|оформ"
    r"|запис|зафікс|фікс|долуч|матеріал|копі|робот|захід|підсумк|дій|дія|категор|вид|тип|зверта|повідомля"
    r"|загальн|детал|причин|об.єкт|предмет|відповідальн|чергов|спеціаліст|посадов|фахів|канал|шлях|власн|імен"
    r"|іменн|отриман|службов|відмітк|позначк|зробив|зробил|факту|самого|того|цього|основн|додатков|інш|ще"
    r"|громадян|член|склад|учас|стан|подан|подав|подал|подає|приклад|додає|термін|так|ким|чого|кому|чим"
    r"|отрима|одержа|направля|надсила|надісла|адресов|відправ|скеров|e|mail|тел|ел|факс|якої|яких|якою|якому|котр|чий|чия|чиє|для|при|по|через|не|справ|подробиц|відносн|відомо|мої|наш|вас|ваш|прос|необхідн|потреб|наявн|виявив|виявил|виявля|виник|пов.яза|законн|представник|навчан|роки|років)\w{0,9}",
    re.IGNORECASE,
)
"""The beginnings of words that labels have too, and values as well: only a place tells them apart."""
OPENING = re.compile(
    r"(?:[^\w\n]|_)*(?:\d{1,2}(?:\.\d{1,2})?[.)]?\s+)?([^\W\d_][^:\n\d_]{3,90})[^\S\n]*:"
)
"""What may be a label that nobody foresaw: a line's words up to a colon."""
TOLD_BY = {
    key: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for key, words in {
        "accepted_by": "прийня|прийм|прийом|записав|записал|зафіксував|зафіксувал|оформив|оформил|чергов",
        "enclosures": "додан|додат|додаєт|додают|долуч|документ|матеріал",
        "measures_taken": "заход|зробл|вжит|реагув|дії|дій\b|робот",
        "basis": "результ|наслід|підстав|підсумк|під час|захід|(?:як|ким|спосіб) виявл",
        "address": "прожива|мешка|адрес|перебуван",
        "reporter": "хто|заявни|ініціатор|автор|повідомив|повідомил|повідомляє|джерел|звернув|звернул|зверта"
        "|надав|надал|від кого|від імені",
        "content": "зміст|суть|опис|виклад|обставин|факт|ознак|ситуац|стал|трапил|відбул|проблем",
        "subject": "дитин|сім|родин|особ|кого|піб|стосується|стосовно",
    }.items()
}
"""The word that tells which label a reworded one is, the tellingest first."""


def tells_of(words: str) -> str | None:
    """The field whose label words in small letters seem to be."""
    if _OTHER_MATTER.search(words):
        return None
    return next((key for key, told in TOLD_BY.items() if told.search(words)), None)


def is_wording(text: str) -> bool:
    """Whether labels are made of these words; names, places and figures they are not."""
    words = _WORD.findall(mended(text))
    return bool(words) and all(_WORDING.fullmatch(word) and not _is_name(word) for word in words)


def is_label_wording(text: str) -> bool:
    """Whether a text, in small letters, has only words that labels have, the rarer ones included."""
    words = _WORD.findall(_ENDING.sub("", mended(text)))
    return bool(words) and all(
        not word.isdigit()
        and (_WORDING.fullmatch(word) or _RARER.fullmatch(word) or _IN_HINT.fullmatch(word))
        and not _is_name(word)
        for word in words
    )


def opens_as_label(value: str) -> bool:
    """Whether a value begins with what a label seems to go on with: a row of small words of it."""
    words = value.split(maxsplit=_ROW_OF_WORDS)[:_ROW_OF_WORDS]
    return len(words) == _ROW_OF_WORDS and value[0].islower() and is_wording(" ".join(words))


def _is_name(word: str) -> bool:
    return len(word) > 1 and word.istitle()


def is_left_of_hint(letters: str) -> bool:
    """Whether letters are a piece of a printed explanation, word for word."""
    return len(letters) >= _LEAST_LEFT and letters in _ALL_HINTS


def is_explanation(text: str) -> bool:
    """Whether a text has only the words that labels and explanations are made of, and enough."""
    words = _WORD.findall(mended(text))
    return len(words) >= _LEAST_WORDS and all(
        (_IN_HINT.fullmatch(word) or _WORDING.fullmatch(word)) and not _is_name(word)
        for word in words
    )


def holds_hint(key: str, value: str) -> bool:
    """Whether a value holds, broken beyond finding, the printed hint of its field."""
    letters = letters_of(value) if key in _HINTS else ""
    return any(
        2 * len(letters) > len(phrase) > LONG_HINT and fuzz.partial_ratio(phrase, letters) > _TORN
        for phrase in _HINTS.get(key, ())
    )


def holds_piece_of_hint(key: str, value: str) -> bool:
    """Whether a value holds, letter for letter, a long piece of the printed hint of its field."""
    letters = letters_of(value) if key in _HINTS else ""
    return len(letters) >= _PIECE and any(piece in letters for piece in _pieces_of_hint(key))


@cache
def _pieces_of_hint(key: str) -> tuple[str, ...]:
    return tuple(
        phrase[at : at + _PIECE]
        for phrase in _HINTS[key]
        for at in range(0, len(phrase) - _PIECE + 1, _STEP)
    )


def is_hint(key: str, value: str) -> bool:
    """Whether a value is nothing but a piece of the printed hint of its field."""
    letters = letters_of(value) if key in _HINTS and len(value) > LONG_HINT else ""
    return any(
        LONG_HINT < len(letters) <= len(phrase) and fuzz.partial_ratio(phrase, letters) > _SURELY
        for phrase in _HINTS.get(key, ())
    )


def holds_label(stream: Stream, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether the printed label of some other field begins in some stretches of text."""
    starts = stream.long_phrases
    return any(bisect_left(starts, start) < bisect_left(starts, end) for start, end in spans)


def letters_of(value: str) -> str:
    """The letters of a text alone, in lower case."""
    return "".join(filter(str.isalpha, value.lower()))
