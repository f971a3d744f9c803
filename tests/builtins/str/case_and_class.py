# Case changes, character classes, padding, stripping, translation.
for s in ('', 'abc', 'ABC', 'Hello World', '123', 'a1', ' \t\n', "they're bill's", '\xe9t\xe9', 'x y'):
    print repr(s), s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle()
s = '  xyx '
print repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), 'xyx'.strip('x'), 'xyx'.lstrip('yx'), 'abc'.rstrip(''), u'\u2003a '.strip() == u'a', 'ab'.center(7, '*'), 'ab'.ljust(5) + '|', 'ab'.rjust(5, '-'), '-5'.zfill(5), '+5'.zfill(1), 'abc'.zfill(6), 'ab'.center(3), 'abc'.center(4), 'a'.center(4)
print 'a\tbc\td'.expandtabs(), 'a\tb\n\tc'.expandtabs(4), 'a\t'.expandtabs(0), ''.join(['a', u'b']), '-'.join('abc'), ''.join([]), ','.join(iter(['1', '2'])), 'hello'.translate(None, 'l'), 'abc'.translate(''.join(map(chr, range(1, 256))) + '\0')
for text in ("''.join(['a', 1])", "''.join(5)", "'a'.center(5, 'xy')", "'a'.translate('short')", "'a'.strip(5)", "'-'.join([None])", "'a'.zfill('x')", "'a'.ljust(5, u'\\xe9')"):
    try:
        print repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
