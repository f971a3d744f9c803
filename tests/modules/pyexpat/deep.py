# Entities and models nested far deeper than a C stack is: an error or an answer, and all goes on. CPython crashes.
# expected: by hand
from xml.parsers import expat

DEPTH = 60000


def attempt(document):
    p = expat.ParserCreate()
    p.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    p.CharacterDataHandler = lambda text: None
    p.ElementDeclHandler = lambda name, model: None
    try:
        p.Parse(document, 1)
    except (expat.ExpatError, RuntimeError, MemoryError):
        pass
    print expat.ParserCreate().Parse('<a>fine</a>', 1)


chain = ''.join('<!ENTITY e%d "&e%d;">' % (n, n - 1) for n in xrange(1, DEPTH))
attempt('<!DOCTYPE a [<!ENTITY e0 "x">%s]><a>&e%d;</a>' % (chain, DEPTH - 1))
attempt('<!DOCTYPE a [<!ENTITY e0 "x">%s]><a at="&e%d;"/>' % (chain, DEPTH - 1))
parameters = ''.join('<!ENTITY %% p%d "&#37;p%d;">' % (n, n - 1) for n in xrange(1, DEPTH))
attempt('<!DOCTYPE a [<!ENTITY %% p0 "<!ELEMENT a ANY>">%s %%p%d;]><a/>' % (parameters, DEPTH - 1))
attempt('<a>' * DEPTH)
attempt('<!DOCTYPE a [<!ELEMENT a %sb%s>]><a/>' % ('(' * DEPTH, ')' * DEPTH))
