# A module run with -m.
