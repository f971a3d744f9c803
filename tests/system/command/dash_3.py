# -3: warnings about what Python 3 changes.
print {}.has_key(1), 1 <> 2
print `1`
