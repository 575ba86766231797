"""The local act by which the office works."""

from __future__ import annotations

PROCEDURE = (
    "Порядку міжвідомчої взаємодії з виявлення та організації надання соціальних послуг дітям "
    "та сім’ям з дітьми, які перебувають у складних життєвих обставинах, на території "
    "Рожищенської міської територіальної громади, затвердженого рішенням виконавчого комітету "
    "Рожищенської міської ради від 19 лютого 2025 року"
)
"""The local act that the letters cite, in the genitive, as it follows «пункту N».

Law: the decision is cited without a number because its published text has none; an office sets
its own wording in the configuration.
"""
