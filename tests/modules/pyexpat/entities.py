# Parsers for external entities: what they share with the parser they come from; many entities; deep ones.
from xml.parsers import expat

FILES = {'one.xml': '<?xml encoding="utf-8"?><one at="1"/>text &two;', 'two.xml': '<two/>', 'the.dtd':
         '<!ENTITY two SYSTEM "two.xml"><!ENTITY int "inner <i/>"><!ATTLIST a d CDATA "default">', 'bad.xml': '<bad>'}


def parser_with(names):
    parser = expat.ParserCreate()
    stack = [parser]

    def external(context, base, system_id, public_id):
        print 'external', sorted((context or '').split('\f')), base, system_id, public_id
        child = stack[-1].ExternalEntityParserCreate(context)
        print child.StartElementHandler is parser.StartElementHandler, child.buffer_text, child.intern is parser.intern, child.GetBase()
        stack.append(child)
        try:
            answer = child.Parse(FILES[system_id], 1)
        finally:
            stack.pop()
        return answer

    def show(name):
        def handler(*args):
            print name, args
        return handler
    for name in names:
        setattr(parser, name, show(name))
    parser.ExternalEntityRefHandler = external
    parser.buffer_text = 1
    return parser


p = parser_with(['StartElementHandler', 'EndElementHandler', 'CharacterDataHandler', 'SkippedEntityHandler'])
p.SetBase('base:')
p.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
print p.Parse('<!DOCTYPE a SYSTEM "the.dtd" [<!ENTITY one SYSTEM "one.xml">]><a>&one;|&int;</a>', 1)
p = parser_with(['StartElementHandler'])
try:
    p.Parse('<!DOCTYPE a [<!ENTITY one SYSTEM "bad.xml">]><a>&one;</a>', 1)
except expat.ExpatError as error:
    print error, error.code
p = parser_with(['StartElementHandler', 'SkippedEntityHandler'])
p.ExternalEntityRefHandler = lambda *args: 0
try:
    p.Parse('<!DOCTYPE a [<!ENTITY one SYSTEM "bad.xml">]><a>&one;</a>', 1)
except expat.ExpatError as error:
    print error, error.code
p = expat.ParserCreate()
p.ExternalEntityRefHandler = lambda context, *rest: p.ExternalEntityParserCreate(context, 'latin-1').Parse('\xe9<b>\xe9</b>', 1)
p.CharacterDataHandler = lambda text: show(text)


def show(text):
    print repr(text)


p.Parse('<!DOCTYPE a [<!ENTITY one SYSTEM "bad.xml">]><a>&one;</a>', 1)

# A parser made for an entity lives on after its parent
p = expat.ParserCreate()
kept = []
p.StartElementHandler = lambda *args: show(args)
p.ExternalEntityRefHandler = lambda context, *rest: kept.append(p.ExternalEntityParserCreate(context)) or 1
p.Parse('<!DOCTYPE a [<!ENTITY e "<in/>"><!ENTITY one SYSTEM "x">]><a>&one;&one;</a>', 1)
p = None
import gc
gc.collect()
print kept[0].Parse('<k>&e;</k>', 1)
kept = None
gc.collect()

# Entities in entities
text = ''.join('<!ENTITY e%d "&e%d;">' % (n, n - 1) for n in range(1, 200))
p = expat.ParserCreate()
p.CharacterDataHandler = show
print p.Parse('<!DOCTYPE a [<!ENTITY e0 "deep">%s]><a x="&e199;">&e199;</a>' % text, 1)

# A cycle of parser and handlers is collected


class Owner(object):
    def __init__(self):
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start

    def start(self, name, attrs):
        print name, attrs


import weakref
owner = Owner()
owner.parser.Parse('<a b="c"/>', 1)
gone = weakref.ref(owner)
owner = None
gc.collect()
print gone()
