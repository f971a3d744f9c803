# What a multibyte decoder keeps of its pending bytes after an error; streams forget where decoders do not.
import codecs
import cStringIO
import random

rand = random.Random(4)
for name in ('big5', 'euc_jp', 'hz', 'gb18030', 'johab', 'cp949', 'shift_jis'):
    decoder = codecs.getincrementaldecoder(name)('strict')
    for data, final in [('\xa4', 1), ('\xa1', 0), ('\xa4', 0), ('', 1), ('\xa1', 0), ('', 1), ('~', 0), ('~', 1),
                        ('\xff', 0), ('\xa4', 0), ('\0', 0), ('b', 1)]:
        try:
            print name, repr(data), final, repr(decoder.decode(data, final))
        except UnicodeError as error:
            print name, repr(data), final, error
    for i in range(40):
        decoder = codecs.getincrementaldecoder(name)(rand.choice(['strict', 'strict', 'replace']))
        for j in range(6):
            data = ''.join(rand.choice(['~', '{', '}', 'a', '\n'] + [chr(c) for c in range(0x80, 256)])
                           for _ in range(rand.randrange(1, 5)))
            final = rand.random() < .3
            try:
                print name, repr(data), final, repr(decoder.decode(data, final))
            except UnicodeError as error:
                print name, repr(data), final, error
    for i in range(20):
        data = ''.join(rand.choice(['a', '\n', 'b', '\n'] + [chr(c) for c in range(0xa1, 256)] * 2)
                       for _ in range(rand.randrange(1, 15)))
        stream = codecs.getreader(name)(cStringIO.StringIO(data), rand.choice(['strict', 'replace', 'ignore']))
        for j in range(5):
            method, size = rand.choice(['read', 'readline', 'readlines']), rand.choice([-1, None, 0, 1, 2, 3])
            try:
                print name, method, size, repr(getattr(stream, method)(size))
            except UnicodeError as error:
                print name, method, size, error
