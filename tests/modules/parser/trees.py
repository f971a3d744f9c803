"""Concrete trees: to tuples and back, with and without places; what is refused."""
import parser
import pickle

print parser.expr('a + 1').totuple()
print parser.suite('x = 1\n').tolist(1)
print parser.suite('x\ny').totuple(line_info=True, col_info=True)
print parser.suite('# coding: utf-8\nx').totuple(True)[2:]

for source in ('a', '[b for c in d if e]', 'lambda x, (y, z)=1, *a, **k: {1: 2, 3: 4}', '`1`, "s" "t", 1e5j, ...'[:20]):
    tree = parser.expr(source)
    again = parser.sequence2st(tree.tolist(1))
    print tree == again, tree.isexpr(), parser.issuite(tree), again.compile('f').co_names
source = 'from __future__ import print_function\nprint(1, file=x)\n@a\ndef f(): pass\ntry: b\nexcept c, d: e\n'
tree = parser.suite(source)
print parser.tuple2st(tree.totuple()) == tree, tree.issuite(), tree.compile().co_filename
print pickle.loads(pickle.dumps(tree)) == tree

for bad in ((), 1, (1,), (1, 2, 3), (258,), (258, (1, 'a')), (257, (4, '')), (257, (0, 1)), (258, ('a', 'b')),
            (9999, (0, '')), (257, (267, (268, (269, (273, (1, 'x'))), (4, ''))), (0, ''))):
    try:
        print parser.sequence2st(bad)
    except (parser.ParserError, ValueError, TypeError) as error:
        print 'refused', bad
for source in ('x =', 'x x', '('):
    try:
        parser.expr(source)
    except SyntaxError as error:
        print error.__class__.__name__, error, error.offset
print eval(parser.expr('6 * 7').compile())
