"""What a word of the subject line is: a part of a name, a role, a family, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.given_names import is_given_name, is_plain_given_name
from rules.text import APOSTROPHES, fold

_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}\-\u2010\u2011][^\W\d_]+)*\.?|[;:,()«»“”„\"–—\-/]")

PATRONYMIC, GIVEN, OTHER, INITIAL = "P", "G", "S", "I"
FAMILY, GROUP, RELATIVE, TITLE, PLACE = "family", "group", "relative", "title", "place"
MARK, WORD = "mark", "word"
NAME_KINDS = frozenset({PATRONYMIC, GIVEN, OTHER, INITIAL})

_PATRONYMIC = re.compile(
    r"(?:[^\W\d_]’)?[^\W\d_]{2,}(?:’[^\W\d_]+)?(?:(?:[оеєй]в|йов)ич(?:а|у|ем|еві|і)?"
    r"|(?:івн|ївн|овн|евн|євн)(?:а|и|і|у|ою|о))|огли|кизи"
    r"|(?:кузьм|лук|хом|сав|фом|як|микит|гаврил)(?:ич|ович)(?:а|у|ем|еві|і)?"
    r"|ілліч(?:а|у|ем|еві|і)?|льв(?:ович\w{0,3}|івн\w{1,2})"
)
_ROLE = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            FAMILY: r"сім’(?:я|ї|ю|єю)|сем’я|родин(?:а|и|і|у|ою)|подружж(?:я|ю|ям)|сімейство",
            GROUP: r"діт(?:и|ей|ям|ьми|ях)|діточ(?:ки|ок)|батьк(?:и|ів|ами)|брат(?:и|ів|ами)"
            r"|сестр(?:и|ами)|сестер|близнюк(?:и|ів)|близнята?|двійн(?:я|ята|ят)|трійн(?:я|ята|ят)"
            r"|онук(?:и|ів)|син(?:и|ів)|дочк(?:и|ами)|дочок|доньки|доньок",
            RELATIVE: r"мат(?:и|ір|ері|ір’ю)|мам(?:а|и|і|у|ою)|матус(?:я|і|ю|ею)|батьк(?:о|а|у|ові|ом)"
            r"|тат(?:о|а|у|ом)|вітчим(?:а|у|ом)?|мачух(?:а|и|у|ою)"
            r"|(?:пра)?баб(?:а|и|і|у|ою|ця|ці|ус(?:я|і|ю|ею))|(?:пра)?дід(?:а|у|ом|усь|уся)?"
            r"|дит|дитин(?:а|и|і|у|ою)|син(?:а|у|ові|ом|ок)?|доч(?:ка|ці|ку|кою)|донь(?:ка|ці|ку|кою)"
            r"|брат(?:а|у|ові|ом|ик)?|сестр(?:а|і|у|ою)|сестричка|онук(?:а|у|ом)?"
            r"|внук(?:а|у|и)?|[оі]?в?нучк(?:а|и|у|ою)|племінни(?:к|ка|ця|ці|цю)"
            r"|дядьк(?:о|а|у|ом)|тіт(?:ка|ки|ці|ку|кою)|чоловік(?:а|у|ом)?|дружин(?:а|и|і|у|ою)"
            r"|співмешкан(?:ець|ця|ка|ки|ку)|опікун(?:а|у|ом|ка|ки|ці|ку|кою|и)?"
            r"|піклувальни(?:к|ка|ця|ці|цю)|усиновлювач(?:а|і|ка)?",
            TITLE: r"гр|гр-н|гр-ка|гр-ки|гр-на|громадян(?:ин|ина|ка|ки|ці|ку)|пан(?:і)?|п"
            r"|особ(?:а|и|і|у)|дівчин(?:а|и|у|ка|ки|ку)|хлоп(?:ець|ця|чик|чика)|підліт(?:ок|ка|ки|ків)"
            r"|неповнолітн(?:ій|я|ього|ьої|і|іх|ю)|малолітн(?:ій|я|ього|ьої|і|іх|ю)"
            r"|вагітн(?:а|ої|у|ою|ій)|жінк(?:а|и|у|ою)|жінці|юнак(?:а|у|и)?|немовля(?:та)?"
            r"|новонароджен(?:ий|а|ого|ої|у)|учень|учн(?:я|і|ю)|учениц(?:я|і|ю)|студент(?:а|ка|ки|ку)?"
            r"|вихован(?:ець|ця|ка|ки|ку)|мешкан(?:ець|ця|ка|ки|ку|ці)|жител(?:ь|я|ька|ьки|ьку|і)"
            r"|одинок(?:а|ої|у|ий)|самотн(?:я|ьої|ю)|старш(?:ий|а|ої|ого|у|і)|молодш(?:ий|а|ої|ого|у|і)"
            r"|середн(?:ій|я|ього|ьої)|прийомн(?:а|ий|ої|ого|і)|багатодітн(?:а|ої|у|ий)"
            r"|піб|прізвище|ім’я|імена|імен[іу]?",
            PLACE: r"с|м|смт|кв|буд|корп|сел|вул|пров|пл|бул|просп|с-ще|село|селі|села|міст[оіа]|вулиц[яії]|хут",
        }.items()
    )
)
"""The roles, each under its name."""
_NO_NAMES = re.compile(
    r"та|і|й|а|у|в|з|із|зі|до|від|на|по|під|за|без|для|про|не|її|його|їх|яка|який|які|яких|також|ще"
    r"|разом|батьков[іу]|вік|віком|рок[иіу]в?|рік|дат[аиу]|народжен\w{1,3}|народи\w{1,4}|адрес[аи]|склад"
    r"|місце|проживання|зареєстрован\w{1,3}|невідом(?:о|а|ий|і|ого|ої|их)|невстановлен(?:а|ий|і|их)"
    r"|відсутн(?:я|і|ій)|орієнтовно|приблизно|близько|клас\w{0,2}|кл|інформація|повідомлення"
    r"|впо|ззсо|здо|знз|днз|кнп|цпмсд|фап|убд|ато|оос|тот|рнокпп|іпн|сжо|зсу|нвк|овз|ооп|мсек|снід|тцк"
    r"|двоє|троє|двох|двома|трьох|чотирьох|четверо|п’ять|п’ятеро|п’ятьох|шестеро|один|одна"
    r"|перш(?:а|ий)|друг(?:а|ий)|третя|третій|інвалід(?:ність|ністю)?|дитина-\w+|сирота|сиріт|напівсирота"
    r"|розлучен(?:а|ий|і)|померл(?:а|ий|ої|ого)|загинув|переселен(?:ець|ка|ці)|внутрішньо"
    r"|ромськ(?:а|ої|ий|ого)|національності|групи|потерпіл(?:а|ий|ої|ого)|дані|даних|прож|зареєстр|тел|нар"
    r"|гімназі[яїю]|ліце[йюя]|школа|школи|заклад|коледж|центр|відділ|служба|поліція|лікарня|амбулаторія"
)
_NOT_A_NAMES_END = re.compile(
    r".{3,}(?:ються|ється|яться|ться|ають|яють|ують|юють|ання|ення|іння|ність)"
)
_COMMON_WORDS = frozenset(
    {"віра", "надія", "любов", "слава", "роман", "лев", "марта", "рада", "роза", "калина"}
)
_SURNAME = re.compile(
    r".+(?:енк(?:о|а|у|ом|и|ів)|[уюі]к(?:а|у|ом|и|ів|ові)?|[ая]к(?:а|у|ом|и|ів)?|(?:сь|ць|зь)к(?:ий|ого|ому|а|ої|у|ою|і|их)"
    r"|ець|(?:е)?ц[яюі]в?|ич(?:а|у|ем|і|ів)?|[иії]н(?:а|у|ом|ий|и|ою)?|[іїое]в(?:а|у|им|и|ої|ою|их)?|ик(?:а|у|ом|и|ів)?"
    r"|к[оа]|[йр]ко|ло|ил[оа]|ай|ій|ей|ь|[бврдлн]а|ух[аи]?|ах[аи]?|ий|ого|их|ів)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of the text and what it is."""

    kind: str
    folded: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it may be a part of a name."""
        return self.kind in NAME_KINDS


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        found.extend(_tokens_of(match[0], match.start()))
    return found


def is_surname_like(folded: str) -> bool:
    """Whether a word that is no known given name ends as Ukrainian surnames do."""
    return bool(_SURNAME.fullmatch(folded)) and not is_plain_given_name(folded)


def is_name_in_lower_case(folded: str) -> bool:
    """Whether a lower-case word can hardly be anything but a given name."""
    return len(folded) > 3 and folded not in _COMMON_WORDS and is_plain_given_name(folded)


def _tokens_of(written: str, start: int) -> list[Token]:
    """The token of a word; two for «мати-Олена», where only the second begins a name."""
    head, dash, tail = written.partition("-")
    if dash and tail[:1].isupper() and (head.islower() or _role(fold(head)) == RELATIVE):
        return [*_tokens_of(head, start), *_tokens_of(tail, start + len(head) + 1)]
    word = written.rstrip(".")
    folded = fold(word)
    if len(word) == 1 and written.endswith(".") and word.isupper():
        return [Token(INITIAL, folded, start, start + len(written))]
    return [Token(_kind(word, folded), folded, start, start + len(word))]


def _kind(word: str, folded: str) -> str:
    if not word or not word[0].isalpha():
        return MARK
    if role := _role(folded):
        return role
    if not word[0].isupper():
        return WORD if folded not in ("огли", "кизи") else PATRONYMIC
    if _NO_NAMES.fullmatch(folded) or _NOT_A_NAMES_END.fullmatch(folded) or len(word) == 1:
        return WORD
    if _PATRONYMIC.fullmatch(folded):
        return PATRONYMIC
    return GIVEN if is_given_name(folded) else OTHER


def _role(folded: str) -> str | None:
    role = _ROLE.fullmatch(folded)
    return role.lastgroup if role else None
