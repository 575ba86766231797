"""The words of the paper journal: what chooses what, who is a body and who a person."""

from __future__ import annotations

import re
from typing import Any

from rules.paper_columns import CHANNELS, COLUMNS, DECISIONS
from rules.text import fold

# How the words in a cell begin -> what they choose.
YES = {"так": "yes", "є": "yes", "+": "yes", "ні": "no", "нема": "no", "не ": "no", "відсут": "no"}
HOW = {
    "усн": "oral",
    "особист": "oral",
    "тел": "phone",
    "дзв": "phone",
    "гаряч": "phone",
    "ел": "email",
    "e-mail": "email",
    "email": "email",
    "пошт": "paper",
    "на папер": "paper",
    "папер": "paper",
    "письм": "paper",
    "лист": "paper",
    "скан": "folder",
    "папк": "folder",
}
STATES = {
    "у робот": "open",
    "в робот": "open",
    "відкрит": "open",
    "трива": "open",
    "на контрол": "open",
    "оцінк": "open",
    "супров": "open",
    "моніторинг": "monitoring",
    "на моніторинг": "monitoring",
    "заверш": "closed",
    "закрит": "closed",
    "знят": "closed",
    "анул": "void",
}
DECIDED = {"над": "provide", "відм": "refuse"}
ALLOWED = {
    "channel": ", ".join(CHANNELS),
    "threat": "так, ні",
    "safety_threat": "так, ні",
    "state": ", ".join(COLUMNS["state"].choices),
    "decision": ", ".join(DECISIONS),
}
# Words of a body; a person's own name stays hidden (п. 13), so what is in doubt counts as a person.
_BODY = re.compile(
    r"школ|гімназ|ліце[йюя]|заклад|сад(?:ок|ка|очок)|\b(?:здо|ззсо|зош|нвк|кнп|ку|кз|цсс|цпмсд|рвп|рупп|"
    r"руп|ссд|тов|го|бф)\b|лікарн|амбулатор|поліклін|фап\b|центр|поліці|відділ|служб|управлін|"
    r"департамент|міністер|\bрад[аи]\b|старост|установ|прокурат|\bсуд(?:у|ом)?\b|фонд|організаці|"
    r"громадськ|лінія|лінії|омбудсмен|уповноважен|притул|інтернат|коледж|училищ|військ|товариств|церкв"
)
_ANONYMOUS = re.compile(r"анонім\w*(?:\s+(?:звернення|повідомлення|дзвінок|особа))?\W*")
_REPORTERS = {
    "anonymous": re.compile(r"анонім"),
    "self": re.compile(r"самозвернен|\bособисто\b|сам[аі]? (?:дитина|дитини)"),
    "neighbours": re.compile(r"сусід|знайом"),
    "relatives": re.compile(
        r"\b(?:мати\b|матер[іи]\b|мам[аиу]\b|батьк|тат[оа]\b|баб(?:а|ус\w+)\b|дід(?:ус\w+)?\b|"
        r"тітк|дядьк|сестр[аи]\b|брат\b|родич|опікун|хресн)"
    ),
}


def from_whom(text: str | None) -> dict[str, Any]:
    """Who notified, as the form tells it: a body in the open, a person hidden (п. 13)."""
    if text is None:
        return {}
    said = fold(text)
    kinds = [kind for kind, words in _REPORTERS.items() if words.search(said)]
    if not kinds and _BODY.search(said):
        return {"sender": text}
    nobody = _ANONYMOUS.fullmatch(said)
    return {"reporter": None if nobody else text, "reporter_kinds": kinds}


def subject_line(about: str | None, birth: str | None) -> str | None:
    """Whom it is about, with age or birth as the form has them in one line."""
    if about is None or birth is None:
        return about
    if re.fullmatch(r"\d{1,2}", birth):
        return f"{about}, {birth} років"
    if re.fullmatch(r"(?:19|20)\d\d|\d\d\.\d\d\.\d{4}", birth):
        return f"{about}, {birth} р.н."
    return f"{about}, {birth}"
