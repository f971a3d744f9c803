# Indexing and slicing with every kind of bound and step.
s = 'abcdefg'
print s[0], s[-1], s[2:4], s[:3], s[3:], s[:], s[::2], s[::-1], s[5:1:-2], s[-3:-1], s[10:], s[:-10], s[::10], s[3:3], s[-100:100], s[:2 ** 70], s[-2 ** 70:2], s[1:None], s[None:None:-3], s[True]
for text in ('s[7]', 's[-8]', 's[2 ** 70]', 's["a"]', 's[::0]', 's[1.0]', 's["a":]', 's[1:"b"]', 's[1, 2]', 's[...]', 's[None]'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
print s * 2, 0 * s, s * -1, 'ab' + 'cd', 'a' < 'b', 'a' < 'ab', 'A' < 'a', '' < 'a', s is s[:], len(s), list('ab'), tuple('ab'), hash('abc'), hash(''), 'a' * True, sorted('hello'), min('hello'), ''.join(reversed('abc')), 'abc' * 3L
for text in ("'a' * 'b'", "'a' + 5", "'a' * 1.5", "'a' - 'b'", "s[0] = 'x'", "del s[0]", "'x' * (2 ** 62)", "s < 5 and 1j < 1", "-'a'"):
    try:
        exec ('print ' + text if '=' not in text and 'del' not in text else text)
    except Exception as e:
        print text, type(e).__name__, e
