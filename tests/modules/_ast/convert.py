"""Trees made by hand: what compile() takes, what it refuses, and how nodes are built."""
import _ast
import ast
import pickle

print _ast.AST._fields, _ast.AST._attributes, _ast.AST.__module__, _ast.PyCF_ONLY_AST, _ast.__version__
print _ast.stmt._attributes, _ast.expr._fields, _ast.FunctionDef._fields, _ast.Add._attributes
print _ast.FunctionDef.__mro__[1:], _ast.arguments.__mro__[1:]

print ast.dump(ast.parse('a[1:2, ...] = b.c(d, *e, **f)'), True, True)
print ast.dump(ast.parse('exec (a, b)\nprint >>f, 1,\nfrom ..x import y as z'))
print ast.dump(ast.parse('lambda (a, b), c=1, *d, **e: [x for y in z if w]', '<here>', 'eval'))
print ast.dump(compile('1', '<here>', 'single', _ast.PyCF_ONLY_AST))


def attempt(make):
    try:
        print 'made', make()
    except Exception as error:
        print error.__class__.__name__, error


attempt(lambda: ast.dump(_ast.Name('x', _ast.Load())))
attempt(lambda: _ast.Name('x'))
attempt(lambda: _ast.Name('x', _ast.Load(), 1))
attempt(lambda: _ast.Pass(1))
attempt(lambda: _ast.Num(1, lineno=3).lineno)
attempt(lambda: sorted(vars(_ast.Num(n=1, anything=2))))
attempt(lambda: _ast.Num().n)
attempt(lambda: _ast.AST().__dict__)


def run(body, mode='exec'):
    return compile(body, '<made>', mode)


def expression(**fields):
    return _ast.Expression(ast.fix_missing_locations(_ast.Expr(**fields)).value)


attempt(lambda: eval(run(expression(value=_ast.Num(42)), 'eval')))
attempt(lambda: run(_ast.Module([]), 'eval'))
attempt(lambda: run(_ast.Expression(_ast.Num(1)), 'eval'))
attempt(lambda: run(_ast.Module()))
attempt(lambda: run(_ast.Module(None)))
attempt(lambda: run(_ast.Module([1])))
attempt(lambda: run(_ast.Module([_ast.Expr(lineno=1, col_offset=0)])))
attempt(lambda: run(_ast.Module([_ast.Expr(None, lineno=1, col_offset=0)])))
attempt(lambda: run(_ast.Module([_ast.Expr(_ast.Num(1, lineno='a', col_offset=0), lineno=1, col_offset=0)])))
attempt(lambda: run(_ast.Module([_ast.Global(['x', 1], lineno=1, col_offset=0)])))
attempt(lambda: run(expression(value=_ast.Name(1, _ast.Load())), 'eval'))
attempt(lambda: run(expression(value=_ast.Name('x', 1)), 'eval'))
attempt(lambda: run(expression(value=_ast.Str(1)), 'eval'))
attempt(lambda: run(expression(value=_ast.BinOp(_ast.Num(1), None, _ast.Num(2))), 'eval'))
attempt(lambda: run(_ast.Module([_ast.Print(None, [], 2, lineno=1, col_offset=0)])))
attempt(lambda: compile(ast.parse('x'), '<made>', 'exec', _ast.PyCF_ONLY_AST).body[0].value.id)

for source in ('x = -1', 'def f(a, (b, c)=d, *e, **g):\n return [h for i in j]', 'class A(B):\n "doc"'):
    tree = ast.parse(source)
    again = pickle.loads(pickle.dumps(tree, 2))
    print ast.dump(again, True, True) == ast.dump(tree, True, True)
    print compile(tree, 'f', 'exec').co_code == compile(source, 'f', 'exec').co_code
print _ast.Pass().__reduce__()[1:], _ast.Pass(lineno=1).__reduce__()[2]
