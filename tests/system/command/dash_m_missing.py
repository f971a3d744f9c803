# -m of nothing.
