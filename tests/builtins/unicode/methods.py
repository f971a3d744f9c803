# Unicode methods: case beyond ASCII, classes, numeric, translate, comparisons.
u = u'Stra\xdfe \u0130stanbul \u01c6 \u0660\u00b2\u2167 \u03a3\u03c3'
print repr(u.upper()), repr(u.lower()), repr(u.title()), repr(u.swapcase()), repr(u.capitalize())
for c in u'a\xe9\u01c5 \u2003\u0660\xb2\u2167\u0345_\U0001d7ce':
    print repr(c), c.isalpha(), c.isdigit(), c.isdecimal(), c.isnumeric(), c.isalnum(), c.isspace(), c.isupper(), c.islower(), c.istitle()
print repr(u'abc'.translate({97: u'X', 98: None, 99: 100})), repr(u'a\u2028b\x85c\r\nd'.splitlines()), repr(u'\xe9'.center(5, u'*')), repr(u'x'.join(['a', 'b'])), u'%s' % 'a', repr(u'%s %r %d %c' % (u'\xe9', u'\xe9', 5, 0x20ac)), u'a' 'b' == 'ab', u'a' < u'\xe9' < u'\uffff' < u'\U00010000', len(u'\U0001f600'), u'\U0001f600'[0] == u'\U0001f600', ord(u'\U0001f600'), repr(unichr(0x10ffff))
print repr(u'{0:>5}|{x}'.format(u'\xe9', x='a')), u'a\xe9'.find(u'\xe9'), u'aXbX'.split('X'), repr(u'a\tb'.expandtabs(4)), u'12'.zfill(5), repr(u' a '.strip()), u'ab'.startswith(('x', u'a')), u'ab'.endswith('b'), hash(u'abc') == hash('abc'), hash(u'\xe9'), {'a': 1}[u'a'], u'abc'.partition('b'), repr(u'abc'.replace('b', u'\u20ac')), u'aa'.count('a'), repr(u'\xe9'), repr(u'\u20ac\n\'"'), unicode('abc', 'ascii'), unicode(), repr(unicode(5)), repr(unicode('a'))
for text in ("unichr(0x110000)", "u'a'.decode('ascii').x", "u'a'.translate(5)", "u'a'.join([1])", "u'a' + 5", "u'\\xe9' in 'abc\\xe9'", "u'a'.index(u'b')", "u'%d' % u'x'", "u'%c' % 0x110000", "int(u'\\u0661\\u0662')", "float(u'\\u0661.5')", "u'a' * -1", "ord(u'')", "u'abc'[10]", "u'a'.encode('utf-8', 5)"):
    try:
        print text, repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
