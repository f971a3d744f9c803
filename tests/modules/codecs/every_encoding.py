# Digests over the whole code space: every encoding of the library both ways, with the error handlers.
import codecs
import encodings.aliases
import hashlib
import random


def custom(error):
    piece = error.object[error.start:error.end]
    if isinstance(error, UnicodeEncodeError):
        return u'<%d>' % len(piece), error.end
    return u'<%r:%s>' % (piece, error.reason), error.end


codecs.register_error('krait.custom', custom)
PLANE = [unichr(c) for c in range(0x10000)]
TEXT = u''.join(PLANE + [unichr(c) for c in range(0x20000, 0x20200) + range(0x10ff00, 0x110000)])
# What the slower handlers get: every ninth of them, and all of one row.
SOME = TEXT[::9] + u''.join(PLANE[0x80:0x180])
rand = random.Random(1)
PAIRS = ''.join(chr(a) + chr(b) for a in range(256) for b in range(256))
SOME_PAIRS = ''.join(PAIRS[i:i + 2] for i in range(0, len(PAIRS), 18))
MIXED = ''.join(rand.choice(['\x1b$B', '\x1b(B', '\x1b$', '\x0e', '\x0f', '~{', '~}', 'a', '!', '\n', '\\u', '\\N{SPACE}',
                             '+', '-'] + [chr(c) for c in range(0x80, 256)]) for _ in range(20000))
# Codecs that are not character sets, or answer too slowly for the whole of it
LEFT_OUT = set('base64_codec bz2_codec hex_codec quopri_codec rot_13 uu_codec zlib_codec mbcs undefined '
               'string_escape idna punycode'.split())
names = set(encodings.aliases.aliases.values()) | set(
    'utf_8_sig utf_16 utf_7 unicode_escape raw_unicode_escape unicode_internal palmos cp720 cp737 cp856 cp858 cp874 '
    'cp875 cp1006 koi8_u mac_arabic mac_centeuro mac_croatian mac_farsi mac_romanian tis_620'.split())


def answer(function, *args):
    try:
        result, length = function(*args)
    except Exception as error:
        result, length = '%s: %s' % (error.__class__.__name__, error), -1
    if isinstance(result, unicode):
        result = result.encode('utf-8')
    return hashlib.md5('%s %d' % (result, length)).hexdigest()[:12]


for name in sorted(names - LEFT_OUT - set(['tactis'])):
    codec = codecs.lookup(name)
    print name, answer(codec.encode, u'abc'), ' '.join(
        answer(codec.encode, text, errors) for text, handlers in (
            (TEXT, ('strict', 'ignore', 'replace')), (SOME, ('xmlcharrefreplace', 'backslashreplace', 'krait.custom')))
        for errors in handlers)
    print '   ', ' '.join(
        answer(codec.decode, data, errors) for data, handlers in (
            (PAIRS, ('strict', 'ignore', 'replace')), (SOME_PAIRS, ('krait.custom',)),
            (MIXED, ('strict', 'ignore', 'replace', 'krait.custom')))
        for errors in handlers)
