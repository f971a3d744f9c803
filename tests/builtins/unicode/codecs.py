# Encoding and decoding: utf-8, utf-16, latin-1, ascii, escapes, error handlers.
u = u'a\xe9\u20ac\U0001f600'
for name in ('utf-8', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-7', 'unicode_escape', 'raw_unicode_escape', 'utf-8-sig', 'unicode_internal', 'punycode'):
    data = u.encode(name)
    print name, data.encode('hex'), data.decode(name) == u
for errors in ('ignore', 'replace', 'xmlcharrefreplace', 'backslashreplace', 'strict'):
    for name in ('ascii', 'latin-1', 'cp1252'):
        try:
            print errors, name, repr(u.encode(name, errors))
        except UnicodeEncodeError as e:
            print errors, name, e, e.args[1:]
for data in ('\xff', '\xc3', '\xc3\x28', '\xe2\x82', '\xed\xa0\x80', '\xf0\x90\x80', '\xf5\x80\x80\x80', 'ok\x80ok', '\xc0\x80', '\xf4\x90\x80\x80', '\xe0\x80\x80'):
    for errors in ('strict', 'replace', 'ignore'):
        try:
            print repr(data.decode('utf-8', errors)),
        except UnicodeDecodeError as e:
            print e,
    print
for text in ("'\\xe9'.decode('ascii')", "u'\\xe9'.encode('ascii')", "unicode('\\xe9')", "str(u'\\xe9')", "'\\xe9' + u'a'", "u'a'.encode('nope')", "'a'.decode('nope')", "'a'.decode('utf-8', 'nope')", "'\\xff'.decode('utf-8', 'nope')", "unicode(5, 'ascii')", "unicode(u'a', 'ascii')", "'abc\\xe9'.encode('utf-8')", "u'\\ud800'.encode('utf-8')", "'%s' % u'\\xe9' + '\\xe9'", "'\\\\U00110000'.decode('unicode_escape')", "'\\\\x1'.decode('unicode_escape')", "'\\\\N{nope}'.decode('unicode_escape')", "'a'.decode('utf-16')"):
    try:
        print text, repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
