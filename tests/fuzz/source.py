# compile() of mutated source, of random tokens, and of mutated AST objects; what compiles runs.
import __future__, _ast, ast, keyword, os, parser, symtable, sys
from fuzzlib import mutate, note, run

def find():
    texts = []
    for name in ('keyword', 'bisect', 'heapq', 'contextlib', 'sched', 'types', 'colorsys', 'shlex', 'fnmatch', 'this', 'nturl2path'):
        path = __import__(name).__file__ if name != 'this' else os.__file__.replace('os.py', 'this.py')
        path = path.rstrip('co') if path.endswith(('.pyc', '.pyo')) else path
        try:
            texts.append(open(path).read())
        except IOError:
            pass
    return texts
SOURCES = find() + ['''
# -*- coding: utf-8 -*-
def f(a, (b, c)=(1, 2), *d, **e):
    global g, h
    g = [x for x in a if x for y in x]
    with f as q, g as (r, s): pass
    try: pass
    except (A, B), e: raise X, Y, Z
    except: pass
    else: print >>f, 1, 2,
    finally: return
@deco(1)
class C(object, metaclass):
    u"""doc"""; x = y = lambda *z, **w: (yield z)
    exec "a" in b, c
    assert a, b
    del a[1:2, ..., ::3], b.c, (d, [e])
    a **= b; c //= d; e >>= 1
    while 1:
        if a < b <> c is not d not in e: break
        elif `f`: continue
        else: from . import (x as y, z,)
    for (a, b) in {1: 2, 3: 4}, {5, 6}, {k: v for k in v}: import a.b.c as d
    else: from .. import *
    return 1 if 2 else 3, 0x1fL, 1e5j, 0b11, 0o7, 017, r'\\n' ur"\\u1234" b'a'
''']
TOKENS = keyword.kwlist + list('()[]{}:;,.@`=<>+-*/%&|^~\n\\#') + ['**', '//', '<<', '>>', '<>', '!=', '==', '+=', '->', 'a', 'b', '1', '0x',
          '1e', "'a'", '"""', "u'", '\n ', '\n    ', '\n\t', '...', '\x0c', '\0', '\xff', '0777', '9' * 40, '1.5j', 'ur"', 'print', 'exec', 'None',
          'from __future__ import print_function\n', 'from __future__ import unicode_literals\n', '# coding: utf-8\n', '# coding: utf-16\n', '\xef\xbb\xbf']
OUT = open(os.devnull, 'w')

def random_tree(rng, node, names):
    """A field of some node gets something else."""
    nodes = list(ast.walk(node))
    for _ in xrange(rng.choice((1, 1, 2, 3))):
        victim = rng.choice(nodes)
        if not victim._fields:
            continue
        field = rng.choice(victim._fields + victim._attributes)
        how = rng.randrange(7)
        if how == 0:
            value = rng.choice(nodes)
        elif how == 1:
            value = rng.choice((None, 1, -1, 'a', u'b', 1.5, [], (), 1 << 70, object, [None], ['a', 1], [[]]))
        elif how == 2:
            value = [rng.choice(nodes) for _ in xrange(rng.randrange(4))]
        elif how == 3:
            kind = rng.choice(names)
            value = kind()
        elif how == 4 and hasattr(victim, field):
            delattr(victim, field)
            continue
        elif how == 5:
            value = ast.Name('x', rng.choice((ast.Load(), ast.Store(), ast.Del(), ast.Param(), ast.AugLoad(), ast.AugStore(), ast.Load)), lineno=1, col_offset=0)
        else:
            old = getattr(victim, field, None)
            value = old + old if isinstance(old, list) else old
        setattr(victim, field, value)
        nodes.append(victim)
    return node
KINDS = [v for v in vars(_ast).values() if isinstance(v, type)]

def mutate_tuple(rng, t):
    t = list(t)
    at = rng.randrange(len(t))
    if isinstance(t[at], tuple) and rng.random() < .85:
        t[at] = mutate_tuple(rng, t[at])
    else:
        t[at] = rng.choice((0, 1, 2, 4, 256, 257, 258, 300, 320, -1, 'a', '', None, (1, 'a'), (4, ''), 1 << 40, u'x', ()))
    return tuple(t)

def case(rng, n):
    how = rng.random()
    source = rng.choice(SOURCES)
    lines = source.splitlines(True)
    at = rng.randrange(len(lines))
    source = ''.join(lines[at:at + rng.choice((1, 3, 8, 30))]) if rng.random() < .7 else source
    flags = rng.choice((0, 0, 0, 0x8000, 0x20000, 0x10000, 0x2000, 0x200, 0x400, -1, 1 << 20))
    mode = rng.choice(('exec', 'exec', 'eval', 'single'))
    if how < .5:
        source = mutate(rng, source, SOURCES)
    elif how < .7:
        source = ''.join(rng.choice(TOKENS) + rng.choice(('', ' ')) for _ in xrange(rng.randrange(1, 40)))
    elif how < .85:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return
        tree = random_tree(rng, tree, KINDS)
        note('tree of ' + repr(source))
        try:
            note(ast.dump(tree))
        except Exception:
            pass
        c = compile(tree, 'f', 'exec')
        return
    elif how < .95:
        try:
            t = parser.suite(source).totuple()
        except SyntaxError:
            return
        t = mutate_tuple(rng, t)
        note(repr(t))
        st = parser.sequence2st(t)
        st.tolist(1, 1)
        st.compile('f')
        return
    else:
        source = mutate(rng, source)
        note(repr(source))
        symtable.symtable(source, 'f', mode)
        return
    note(repr((source, mode, flags)))
    try:
        c = compile(source, 'f', mode, flags, 1)
    except (SyntaxError, TypeError, ValueError) as e:
        str(e), repr(e)
        return
    if rng.random() < .3:
        sys.stdout = OUT
        try:
            if not any(w in source for w in ('import', 'open', 'file', 'exec', 'input', 'os.', 'exit', 'quit')):
                exec c in {'a': 1, 'b': [2], 'f': len}
        finally:
            sys.stdout = sys.__stdout__

run(case)
