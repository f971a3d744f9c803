# split and rsplit: whitespace, separators, limits; splitlines, partition.
for s in ('a b  c', ' a b ', '', '  ', 'a,b,,c,', 'abc', '\ta\n b\r\nc\x0bd\x0ce'):
    print s.split(), s.split(None, 1), s.rsplit(None, 1), s.split(','), s.split(',', 1), s.rsplit(',', 1), s.split('bc'), s.splitlines(), s.splitlines(True), s.partition(','), s.rpartition(','), s.split(' ')
for text in ("'a'.split('')", "'a'.split(5)", "'a'.partition('')", "'a'.rsplit('', 1)", "'a'.split(None, 'x')"):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
print 'aXbXc'.split(u'X'), 'a b'.split(None, 0), 'a b'.split(' ', 0), u'a\u2003b c'.split(), 'a--b--c'.split('--', 1), 'x' * 3 and 'xxx'.split('x')
