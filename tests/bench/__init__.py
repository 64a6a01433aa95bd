"""Speed and memory, measured on this machine. `python -m tests.bench`, or `make bench`."""
