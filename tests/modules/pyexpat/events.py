# Every handler, with what it is called with, over documents that use all of XML.
from xml.parsers import expat

DOC = '''<?xml version="1.0" encoding="iso-8859-1" standalone="no"?>
<?xml-stylesheet href="stylesheet.css"?>
<!-- comment \xe9 -->
<!DOCTYPE quotations SYSTEM "quotations.dtd" [
<!ELEMENT root ANY>
<!ELEMENT list (item+, (other | third)*, last?)>
<!ELEMENT item (#PCDATA | b | i)*>
<!ELEMENT none EMPTY>
<!ATTLIST root attr1 CDATA #REQUIRED attr2 CDATA #IMPLIED kind (one|two) "one" fix CDATA #FIXED "x">
<!NOTATION notation SYSTEM "notation.jpeg">
<!NOTATION public PUBLIC "-//me//it" "notation.png">
<!ENTITY acirc "&#226;">
<!ENTITY % param "<!ELEMENT viaparam EMPTY>">
%param;
<!ENTITY external_entity SYSTEM "entity.file">
<!ENTITY nested "a &acirc; <b>bold</b>">
<!ENTITY unparsed_entity SYSTEM "entity.file" NDATA notation>
]>
<root attr1="value1" attr2="value2&#8000;">
<myns:subelement xmlns:myns="http://www.python.org/namespace" myns:at='q'>
     Contents of subelements &nested;
</myns:subelement>
<sub2><![CDATA[contents of <CDATA> section]]></sub2>
&external_entity;
<x xmlns="urn:default"><y/></x>
&amp;&lt;&#65;
</root>
<?pi after?>
<!-- last -->
'''
NAMES = [name for name in dir(expat.ParserCreate()) if name.endswith('Handler') and not name.startswith('Default')]


def show(kind, *args):
    print kind, args
    if kind in ('ExternalEntityRefHandler', 'NotStandaloneHandler'):
        return 1


def watched(*args, **options):
    leave_out = options.pop('leave_out', ())
    settings = options.pop('settings', {})
    parser = expat.ParserCreate(*args, **options)
    for name, value in settings.items():
        setattr(parser, name, value)
    for name in NAMES:
        if name not in leave_out:
            setattr(parser, name, lambda *args, **kw: show(kw['name'], *args) if 0 else None)
            setattr(parser, name, (lambda name: lambda *args: show(name, *args))(name))
    return parser


def section(title):
    print '--', title


section('plain')
p = watched()
print p.Parse(DOC, True)
print sorted(p.intern.items())

section('names with namespaces')
p = watched(namespace_separator='!')
print p.Parse(DOC, 1)
print sorted(p.intern)

section('triplets')
p = watched('iso-8859-1', ' ', settings={'namespace_prefixes': 1})
print p.Parse('<a:r xmlns:a="u:1" a:x="1" y="2"><b xmlns="u:2"/></a:r>', 1)

section('str, ordered, specified')
p = watched(settings={'returns_unicode': 0, 'ordered_attributes': 1, 'specified_attributes': True})
p.Parse(DOC)
p.Parse('', True)
print p.returns_unicode, p.ordered_attributes, p.specified_attributes, p.namespace_prefixes

section('parameter entities')
p = watched()
print p.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
print p.UseForeignDTD(True)
print p.Parse('<!DOCTYPE a SYSTEM "x"><a>&undef;</a>', 1)

for which in ('DefaultHandler', 'DefaultHandlerExpand'):
    section(which)
    p = expat.ParserCreate()
    setattr(p, which, lambda data: show(which, data))
    p.Parse(DOC, 1)
    section(which + ' and elements')
    p = expat.ParserCreate()
    p.StartElementHandler = lambda *args: show('start', *args)
    setattr(p, which, lambda data: show(which, data))
    p.CharacterDataHandler = lambda data: show('text', data)
    p.Parse(DOC, 1)

section('piece by piece')
for size in (1, 7, 100):
    p = watched(leave_out=('ElementDeclHandler', 'AttlistDeclHandler'), settings={'buffer_text': 1})
    for at in range(0, len(DOC), size):
        p.Parse(DOC[at:at + size])
    p.Parse('', 1)
    print p.buffer_used
