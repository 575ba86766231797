"""A file is read into the form's fields, each with its confidence and its place."""
