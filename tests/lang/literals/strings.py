# Quotes, escapes, raw and unicode literals, implicit joining, continuation.
print 'a"b', "a'b", '''x
y''', """it's "z" """
print repr('\a\b\f\n\r\t\v\\\'\"\0\x41\101\1018\q')
print repr(r'\n\x41'), repr(u'\u00e9\U0001f600\x41\N{GREEK SMALL LETTER ALPHA}')
print repr(ur'\u00e9\n'), repr(b'abc'), repr(br'\d')
print 'one' 'two' "three" u'four'
print 'contin\
ued'
print len('\
'), repr('''a\
b''')
