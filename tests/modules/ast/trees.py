# ast: dumps of every kind of node, positions, compiling trees, errors.
import ast
source = open('names.txt').read()
print ast.dump(ast.parse(source), annotate_fields=False)
for n in ast.walk(ast.parse('a = b.c(d)[1:2]\nif x: pass\nelif y: z')):
    print type(n).__name__, getattr(n, 'lineno', None), getattr(n, 'col_offset', None),
print
t = ast.parse('x + 1', mode='eval'); t.body.right.n = 41
print eval(compile(t, 's', 'eval'), {'x': 1}), ast.dump(ast.parse('f(a, *b, k=1, **c)', mode='eval')), ast.literal_eval('[1, {"a": (2, None)}, -3, u"x"]'), ast.Num(5).n, ast.Name._fields, ast.dump(ast.Name('a', ast.Load())), ast.get_docstring(ast.parse('"doc"'))
m = ast.Module([ast.Print(None, [ast.Str('built')], True)])
exec compile(ast.fix_missing_locations(m), 's', 'exec')
for text in ('compile(ast.Module([5]), "s", "exec")', 'compile(ast.Expression(ast.Num(1)), "s", "eval")', 'compile(ast.Module(5), "s", "exec")', 'compile(t, "s", "exec")', 'ast.Num(1, 2, 3)', 'ast.literal_eval("f()")', 'ast.parse("a b")', 'compile(ast.fix_missing_locations(ast.Expression(ast.Name("a", 5))), "s", "eval")', 'ast.Num(n=1, z=2).z', 'compile(ast.Module(), "s", "exec")'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
