# dict construction, lookup, update, pop, views, iteration, comparing, errors.
d = dict(a=1, b=2)
print d, dict([('x', 1), ('y', 2)]), dict({1: 2}, z=3), dict(), {1: 'a', 1.0: 'b', True: 'c'}, dict.fromkeys('ab'), dict.fromkeys([1, 2], 0), dict(zip('ab', [1, 2]))
print d['a'], d.get('z'), d.get('z', 9), d.setdefault('c', 3), d.setdefault('a', 9), d.pop('a'), d.pop('zz', 'dflt'), 'b' in d, d.has_key('b'), len(d), sorted(d.keys()), sorted(d.values()), sorted(d.items()), d.copy() == d, d.copy() is d
d.update({'n': 1}); d.update([('m', 2)]); d.update(k=3); d.update(); print sorted(d.items())
print sorted(d.viewkeys() & {'n', 'zz'}), sorted(d.viewkeys() | ['q']), sorted(d.viewkeys() - {'n'}), sorted(d.viewkeys() ^ {'n', 'q'}), len(d.viewitems()), ('n', 1) in d.viewitems(), d.viewkeys() == set(d), type(d.viewvalues()).__name__, {1: 2}.viewkeys(), {1: 2}.viewvalues(), {1: 2}.viewitems()
print {} == {}, {1: 1} == {1: 1.0}, {1: 1} != {1: 2}, cmp({1: 1}, {1: 2}), cmp({1: 1}, {}), {1: 2} < {1: 3}, {2: 1} < {1: 5, 3: 1}, bool({}), {1: {2: {}}}, {(1, 2): 'tuple'}[1, 2], d.clear(), d
for text in ('{}["x"]', '{}.pop("x")', '{}.popitem()', '{[]: 1}', '{}[[]]', '[] in {}', 'dict(5)', 'dict([1])', 'dict([(1, 2, 3)])', 'dict(["ab", "c"])', '{}.update(5)', 'hash({})', 'dict.fromkeys(5)', '{}.get()', 'dict(1, 2)', '{} + {}', 'del {}["a"]', '{}[1, 2]', '{}.get([])', '{1: 2}.has_key({})', 'dict(**{1: 2})', 'dict([[]])'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
