"""The layout of an official letter: the values of ДСТУ 4163:2020 that templates and lint share."""

from __future__ import annotations

from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    "Organisation": "Лист – установа",
    "Unit": "Лист – підрозділ",
    "Contacts": "Лист – контакти",
    "DateIndex": "Лист – дата та індекс",
    "Reference": "Лист – на номер",
    "Addressee": "Лист – адресат",
    "Subject": "Лист – заголовок",
    "Text": "Лист – текст",
    "Signature": "Лист – підпис",
    "Executor": "Лист – виконавець",
}
"""The paragraph styles of a letter's requisites (id in the file: name in Word), in their order.

Law: ДСТУ 4163:2020, the order of the requisites of a letter.
"""
