# PYTHONHASHSEED fixes the hashes.
print hash('abc'), hash(u'abc'), hash(''), {'a': 1, 'b': 2, 'c': 3}.keys()
