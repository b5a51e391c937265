"""CAP from outside: files, envelopes and feeds of others' warnings, each of which becomes a signal."""
