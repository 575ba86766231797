"""Filled «Додаток 1» forms with their truth: invented people, real ways of filling in a form."""
