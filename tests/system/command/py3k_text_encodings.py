# -3: the methods of texts warn of codecs that are not text encodings; functions of codecs do not.
import codecs
import sys
import warnings

warnings.simplefilter('always')
sys.stderr = sys.stdout


def found(name):
    if name == 'unsaid':
        return (lambda x, e='': (u'q', 1), lambda x, e='': (u'q', 1), None, None)
    if name == 'no_text':
        info = codecs.CodecInfo(lambda x, e='': (u'q', 1), lambda x, e='': (u'q', 1))
        info._is_text_encoding = False
        return info


codecs.register(found)
for text in ("'a'.encode('hex')", "u'a'.encode('hex')", "'61'.decode('hex')", "u'61'.decode('hex')",
             "codecs.encode('a', 'hex')", "codecs.decode('61', 'hex')", "unicode('61', 'rot13')",
             "u'a'.encode('utf-8')", "u'a'.decode('utf-8')", "bytearray('61').decode('hex')",
             "bytearray(u'a', 'rot13')", "'zz'.decode('hex')", "'a'.encode('string_escape')",
             "'a'.encode('ROT_13')", "'a'.encode('nope')", "'a'.encode('unsaid')", "'a'.encode('no_text')",
             "'a'.decode('no_text')"):
    print '--', text
    try:
        print repr(eval(text))
    except Exception as error:
        print type(error).__name__, error
