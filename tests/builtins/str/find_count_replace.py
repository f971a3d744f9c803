# Searching: find, rfind, index, count, replace, startswith, endswith, in; bounds and empties.
s = 'abracadabra'
print s.find('a'), s.find('a', 1), s.find('a', -1), s.find('bra', 2), s.rfind('a'), s.rfind('a', 0, 5), s.find(''), s.find('', 20), s.find('', 11), s.rfind(''), s.rfind('', 3, 5), s.find('z'), s.index('cad'), s.count('a'), s.count(''), s.count('a', 3, 8), s.count('abra'), 'aaaa'.count('aa')
print s.replace('a', 'X'), s.replace('a', '', 2), s.replace('', '-'), s.replace('', '-', 3), s.replace('abra', ''), s.replace('z', 'y') is s or 1, ''.replace('', 'x'), s.replace('bra', 'BIGGER'), s.replace('a', 'b', 0), s.replace('a', 'b', -1)
print s.startswith('abr'), s.startswith(('x', 'ab')), s.startswith('bra', 1), s.endswith('bra', 0, -1), s.endswith(('', 'z')), s.startswith('', 12), 'cad' in s, '' in s, 'x' not in s, 'a' in u'abc', u'a' in 'abc'
for text in ("s.index('z')", "s.rindex('z')", "5 in s", "s.startswith(5)", "s.startswith((5,))", "s.find(5)", "s.count(None)", "s.replace('a')", "s.replace(1, 2)"):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
