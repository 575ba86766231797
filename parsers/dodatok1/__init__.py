"""The ONE extractor: finds the fields of the form «Додаток 1» in the reading of any kind of file."""
