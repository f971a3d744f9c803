# codecs: registry, incremental coders, error handlers, streams, custom codecs.
import codecs, StringIO
print codecs.lookup('UTF8').name, codecs.lookup('latin_1').name, codecs.getencoder('ascii')(u'a'), codecs.getdecoder('utf-8')('\xc3\xa9'), codecs.BOM_UTF8, codecs.lookup('utf-16').incrementaldecoder().decode('\xff\xfea\0'), codecs.encode(u'a', 'utf-8'), codecs.decode('41', 'hex')
d = codecs.getincrementaldecoder('utf-8')(); print repr(d.decode('\xe2\x82')), repr(d.decode('\xac')), repr(codecs.utf_8_decode('\xe2\x82', 'strict', False)), repr(codecs.utf_8_encode(u'\xe9')), codecs.charmap_encode(u'a', 'strict', {97: 'X'}), codecs.charmap_decode('ab', 'replace', {97: u'z'}), codecs.escape_decode(r'\n\x41'), codecs.escape_encode("'\n"), codecs.readbuffer_encode('a') if 0 else ''
def handler(e):
    return u'<%d-%d %s>' % (e.start, e.end, e.reason), e.end
codecs.register_error('mine', handler)
print repr(u'a\xe9b\u20ac'.encode('ascii', 'mine')), repr('a\xffb'.decode('utf-8', 'mine')), repr(u'\u20ac'.encode('latin-1', 'mine')), codecs.lookup_error('strict').__name__
def search(name):
    if name == 'upper':
        return codecs.CodecInfo(lambda s, errors='strict': (s.upper(), len(s)), lambda s, errors='strict': (unicode(s).lower(), len(s)), name='upper')
codecs.register(search)
print 'abc'.encode('upper'), repr('ABC'.decode('upper'))
f = codecs.getwriter('utf-8')(StringIO.StringIO()); f.write(u'\u20ac'); print repr(f.stream.getvalue()), list(codecs.iterdecode(['\xe2', '\x82\xac'], 'utf-8')), repr(codecs.EncodedFile(StringIO.StringIO('\xe9'), 'utf-8', 'latin-1').read())
for n in ('gb2312', 'gbk', 'gb18030', 'hz'):
    print n, repr(u'\u4f60\u597d a'.encode(n)), u'\u4f60\u597d'.encode(n).decode(n) == u'\u4f60\u597d'
for text in ('codecs.lookup("nope")', 'codecs.register(5)', 'codecs.register_error(5, 6)', 'codecs.lookup_error("nope")', 'u"\\xe9".encode("ascii", "bad")', '"\\xff".decode("gbk")', 'u"\\U0001f600".encode("gb2312")', 'codecs.utf_8_decode(u"\\xe9")', 'codecs.charmap_decode("a", "strict", {})', 'codecs.charmap_encode(u"a", "strict", {97: 999})'):
    try:
        print repr(eval(text))
    except Exception as e:
        print text, type(e).__name__, e
