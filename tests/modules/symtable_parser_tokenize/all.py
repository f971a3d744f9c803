# symtable, parser, tokenize, keyword, symbol, token.
import symtable, parser, tokenize, StringIO, keyword, token
t = symtable.symtable('def f(a):\n global b\n def g(): return a\n c = 1\nclass D: x = 1', 's', 'exec')
print t.get_type(), sorted(t.get_identifiers()), [c.get_name() for c in t.get_children()]
f = t.get_children()[0]
print f.get_parameters(), sorted(f.get_locals()), f.get_globals(), f.lookup('a').is_parameter(), f.get_children()[0].get_frees(), f.is_nested(), f.get_children()[0].is_nested(), f.lookup('b').is_declared_global()
s = parser.suite('x = 1\n'); print parser.st2tuple(s), eval(parser.compilest(parser.expr('2 + 3'))), parser.isexpr(s), parser.issuite(s), parser.sequence2st(parser.st2list(s)) == s
for bad in ('a b', '1 +', 'x = '):
    try:
        parser.expr(bad)
    except SyntaxError as e:
        print e
for tok in tokenize.generate_tokens(StringIO.StringIO('if x:\n  y = "s" + 1.5 # c\n').readline): print token.tok_name[tok[0]] if tok[0] < 53 else tok[0], repr(tok[1]), tok[2],
print keyword.iskeyword('print'), len(keyword.kwlist)
