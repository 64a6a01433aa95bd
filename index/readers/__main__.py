"""The process that reads files apart (see apart.py): a path a line on standard input."""

from index.readers import alone, apart

apart.serve(alone)
