# Positional, keyword, default, star arguments and every error about them.
def f(a, b=2, *args, **kw): return a, b, args, sorted(kw.items())
print f(1), f(1, 3, 4, 5), f(a=1), f(1, z=2), f(*[1, 2, 3]), f(1, *(2,), **{'k': 1})
def g(a, b): pass
def h(): pass
def k(a, b=1): pass
for text in ('g()', 'g(1)', 'g(1, 2, 3)', 'g(1, a=2)', 'g(1, c=2)', 'h(1)', 'h(x=1)', 'k()', 'k(1, 2, 3)',
             'g(*5)', 'g(**5)', 'g(**{1: 2})', 'g(1, **{"a": 2})', 'f(1, **{"a": 2})', 'k(b=1)', 'len()', 'len(1, 2)',
             'len(x=1)', '5()', '"s"()', 'g(1, 2, *[3])', '[].append()', '[].append(1, 2)', 'int(1, 2, 3)'):
    try:
        print eval(text)
    except TypeError as error:
        print text, '->', error
