# Where the parser is, what it has in hand, and text that is collected before it is given.
from xml.parsers import expat


def where(p):
    return (p.CurrentByteIndex, p.CurrentLineNumber, p.CurrentColumnNumber,
            p.ErrorByteIndex, p.ErrorLineNumber, p.ErrorColumnNumber, p.ErrorCode)


DOC = u'<?xml version="1.0"?>\n<a>\n  <b x="\u1234"/>text \u1234 &amp; more\r\n <c>in c</c>\n tail</a>\n'.encode('utf-8')

p = expat.ParserCreate()
print where(p), p.GetInputContext(), p.GetBase()
print p.SetBase('http://somewhere/'), p.GetBase()
p.StartElementHandler = lambda name, attrs: (lambda: 0)() or show('start', name, attrs)
p.EndElementHandler = lambda name: show('end', name)
p.CharacterDataHandler = lambda text: show('text', text)


def show(*what):
    print what, where(p), p.buffer_used, repr(p.GetInputContext())


p.Parse(DOC, 1)
print where(p), p.GetInputContext()

for size in (3, 5, 8192):
    p = expat.ParserCreate()
    p.buffer_text = True
    p.buffer_size = size
    print p.buffer_text, p.buffer_size, p.buffer_used
    p.StartElementHandler = lambda name, attrs: show('start', name, attrs)
    p.EndElementHandler = lambda name: show('end', name)
    p.CharacterDataHandler = lambda text: show('text', text)
    p.Parse(DOC[:40])
    print 'used', p.buffer_used
    p.Parse(DOC[40:], 1)

# Handlers that change handlers and settings while they run
p = expat.ParserCreate()


def start(name, attrs):
    show('start', name)
    if name == 'b':
        p.CharacterDataHandler = None
    if name == 'c':
        p.CharacterDataHandler = lambda text: show('text2', text)
        p.buffer_text = not p.buffer_text
    if name == 'd':
        p.StartElementHandler = None


p.StartElementHandler = start
p.CharacterDataHandler = lambda text: show('text', text)
p.EndElementHandler = lambda name: show('end', name)
p.Parse('<a>1<b>2</b>3<c>4</c>5<c>6</c>\n7<d>8</d>9<b/></a>', 1)


class File(object):
    def __init__(self, data):
        self.data = data

    def read(self, size):
        data, self.data = self.data[:size], self.data[size:]
        print 'read', size, len(data)
        return data


p = expat.ParserCreate()
p.StartElementHandler = lambda name, attrs: show('start', name)
print p.ParseFile(File('<a>' + ' ' * 5000 + '<b/>' + '</a>'))


class Same(object):
    def __init__(self, answer):
        self.answer = answer

    def read(self, *args):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


for answer in (3, u'<a/>', None, 'x' * 4000, ValueError('reading'), bytearray('<a/>')):
    p = expat.ParserCreate()
    try:
        print p.ParseFile(Same(answer))
    except Exception as error:
        print type(error), error
import cStringIO
import StringIO
for kind in (cStringIO.StringIO, StringIO.StringIO):
    p = expat.ParserCreate()
    p.StartElementHandler = lambda name, attrs: show('start', name)
    print p.ParseFile(kind(DOC))
