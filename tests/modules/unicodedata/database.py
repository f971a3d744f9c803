# unicodedata: the database that CPython 2.7 carries.
import unicodedata, hashlib
print unicodedata.unidata_version
for c in (u'a', u'\xe9', u'\u0660', u'\u2167', u'\u20ac', u'\u4e00', u'\uac00', u'\U0001d11e', u'\xbd', u'\u0300', u'\ufb01', u'\u3042', u'(', u'\u05d0'):
    print repr(c), unicodedata.name(c), unicodedata.category(c), unicodedata.bidirectional(c), unicodedata.combining(c), unicodedata.east_asian_width(c), unicodedata.mirrored(c), unicodedata.decomposition(c), unicodedata.numeric(c, None), unicodedata.digit(c, None), unicodedata.decimal(c, None), [repr(unicodedata.normalize(f, c)) for f in ('NFC', 'NFD', 'NFKC', 'NFKD')]
h = hashlib.md5()
for i in xrange(0x11000):
    c = unichr(i)
    h.update('%s%s%d%s' % (unicodedata.category(c), unicodedata.bidirectional(c), unicodedata.combining(c), unicodedata.name(c, '')))
print h.hexdigest(), repr(unicodedata.lookup('GREEK SMALL LETTER ALPHA')), repr(unicodedata.normalize('NFC', u'e\u0301\u0323')), repr(unicodedata.normalize('NFD', u'\uac01')), repr(u'\N{SNOWMAN}\N{HANGUL SYLLABLE GAG}\N{CJK UNIFIED IDEOGRAPH-4E00}')
for text in ('unicodedata.lookup("NOPE")', 'unicodedata.name(u"\\x00")', 'unicodedata.numeric(u"a")', 'unicodedata.normalize("X", u"a")', 'unicodedata.category("a")', 'unicodedata.category(u"ab")', 'unicodedata.digit(u"\\u2167")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
