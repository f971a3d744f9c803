# What documents and calls that are wrong get: the exception, its attributes, the state afterwards.
from xml.parsers import expat
from xml.parsers.expat import errors, model


def attempt(function, *args):
    try:
        print repr(function(*args)),
    except expat.ExpatError as error:
        print 'ExpatError', error, sorted(error.__dict__.items()),
    except Exception as error:
        print type(error).__name__, error,
    print


for document in ('', '<', '<a', '<a>', '<a></b>', '<a/><b/>', '<a x="1" x="2"/>', '<a>&nope;</a>', '<a>&#0;</a>', '\xff<a/>',
                 '<a b=c/>', '<a>\x01</a>', '<?xml version="1.0" encoding="none-such"?><a/>',
                 '<?xml version="1.0" encoding="utf-16"?><a/>', '<?xml version="1.0" encoding="cp1252"?><a>\x80\x81</a>',
                 '<?xml version="1.0" encoding="shift_jis"?><a/>', '<?xml version="1.0" encoding="big5"?><a/>', '<?xml version="1.0" encoding="rot13"?><a/>',
                 '<?xml version="1.0" encoding="hex"?><a/>', '<?xml version="2.0"?><a/>', '<?xml encoding="x"?><a/>', '  <?xml version="1.0"?><a/>',
                 '<a><![CDATA[x', '<a><!-- x -- y --></a>', '<!DOCTYPE a [<!ENTITY b "&b;">]><a>&b;</a>',
                 '<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c "&b;">]><a x="&b;"/>', '<a:b/>', '<a xmlns:x="">&x;</a>',
                 u'<a>\xe9</a>'.encode('utf-16'), '<a>\xc3</a>', '<a>\xc3\xa9\xed\xa0\x80</a>', '<a><?xml version="1.0"?></a>',
                 '<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a b="&e;"/>', '<!DOCTYPE a [<!ENTITY e SYSTEM "x" NDATA n>]><a>&e;</a>',
                 '<!DOCTYPE a [ <!ELEMENT a (b,> ]><a/>', '<!DOCTYPE a PUBLIC "{" "x"><a/>', '<a>]]></a>'):
    for separator in (None, ' '):
        p = expat.ParserCreate(None, separator)
        p.StartElementHandler = lambda name, attrs: None
        print repr(document),
        attempt(p.Parse, document, 1)
        print '  ', p.ErrorCode, p.ErrorLineNumber, p.ErrorColumnNumber, p.ErrorByteIndex,
        attempt(p.Parse, '<more/>', 1)

for name in sorted(vars(errors)):
    if name.startswith('XML_'):
        print name, getattr(errors, name)
for name in sorted(vars(model)):
    if name.startswith('XML_'):
        print name, getattr(model, name)
for code in range(0, 42) + [-1, 1000]:
    print code, expat.ErrorString(code)
attempt(expat.ErrorString, 'x')
attempt(expat.ErrorString)

# Exceptions in handlers end the parse and take the handlers away
for name, document in [('StartElementHandler', '<a><b/></a>'), ('EndElementHandler', '<a><b/></a>'), ('CharacterDataHandler', '<a>x</a>'),
                       ('CommentHandler', '<a><!--x--></a>'), ('ProcessingInstructionHandler', '<a><?x y?></a>'),
                       ('XmlDeclHandler', '<?xml version="1.0"?><a/>'), ('ElementDeclHandler', '<!DOCTYPE a [<!ELEMENT a (b)>]><a/>'),
                       ('NotStandaloneHandler', '<!DOCTYPE a SYSTEM "x"><a/>'), ('DefaultHandler', '<a/>'),
                       ('ExternalEntityRefHandler', '<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a>&e;</a>')]:
    for answer in (KeyError('in handler'), None, 'text', 0, 1, 2 ** 80, 1.5, ()):
        p = expat.ParserCreate()
        p.EndElementHandler = lambda name: None

        def handler(*args):
            if isinstance(answer, Exception):
                raise answer
            return answer
        setattr(p, name, handler)
        print name, repr(answer),
        attempt(p.Parse, document, 0)
        print '   ', getattr(p, name) is None, p.EndElementHandler is None,
        attempt(p.Parse, '', 1)

p = expat.ParserCreate()
p.CharacterDataHandler = lambda text: 1 / 0
p.buffer_text = 1
attempt(p.Parse, '<a>text')
attempt(p.Parse, '</a>', 1)
for wrong in (lambda: p.Parse(), lambda: p.Parse(1), lambda: p.Parse('a', 'b'), lambda: p.Parse('a', 1, 2), lambda: p.Parse(u'<\xe9/>'),
              lambda: p.foo, lambda: setattr(p, 'foo', 1), lambda: delattr(p, 'StartElementHandler'), lambda: setattr(p, 'ErrorCode', 3),
              lambda: setattr(p, 'buffer_size', 2 ** 31), lambda: setattr(p, 'buffer_size', 0), lambda: setattr(p, 'buffer_size', 'a'),
              lambda: setattr(p, 'buffer_size', True), lambda: setattr(p, 'buffer_size', 10L), lambda: p.ParseFile(3), lambda: p.SetBase(None), lambda: p.ExternalEntityParserCreate(),
              lambda: p.ExternalEntityParserCreate(1), lambda: p.SetParamEntityParsing('x'), lambda: p.SetParamEntityParsing(7),
              lambda: p.UseForeignDTD('x', 1), lambda: expat.ParserCreate(1), lambda: expat.ParserCreate('utf-8', 'ab'), lambda: expat.ParserCreate('utf-8', '').buffer_text,
              lambda: expat.ParserCreate('utf-8', None, 3), lambda: expat.ParserCreate('utf-8', None, {}, 4), lambda: expat.ParserCreate(nope=1),
              lambda: expat.ParserCreate(u'utf-8', u'!', None).intern, lambda: type(p)(), lambda: p.__class__, lambda: p.intern, lambda: dir(p)):
    attempt(wrong)
print type(p), expat.XMLParserType is type(p), expat.ExpatError is expat.error
attempt(lambda: setattr(p, 'StartElementHandler', 3) or p.StartElementHandler)
attempt(expat.ParserCreate().UseForeignDTD, 1)
q = expat.ParserCreate()
q.Parse('<a>')
attempt(q.UseForeignDTD, 1)
attempt(q.SetParamEntityParsing, 1)
q.StartElementHandler = 3
attempt(q.Parse, '<b/>')
q = expat.ParserCreate()
q.StartElementHandler = lambda a: None
attempt(q.Parse, '<b/>')
