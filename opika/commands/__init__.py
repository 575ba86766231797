"""The command line's commands, one module a job; :mod:`opika.cli` gathers them."""
