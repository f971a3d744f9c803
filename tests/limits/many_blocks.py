# Too many statically nested blocks, too deep indentation, too many arguments.
for n in (20, 21, 99, 100, 101):
    source = ''.join(' ' * i + 'while 1:\n' for i in range(n)) + ' ' * n + 'pass\n'
    try:
        compile(source, 's', 'exec'); print n, 'fine'
    except SyntaxError as e:
        print n, type(e).__name__, e.msg
    source = ''.join(' ' * i + 'if 1:\n' for i in range(n)) + ' ' * n + 'pass\n'
    try:
        compile(source, 's', 'exec'); print n, 'fine'
    except SyntaxError as e:
        print n, type(e).__name__, e.msg
for n in (255, 256, 1000):
    for source in ('f(%s)' % ', '.join(['1'] * n), 'def f(%s): pass' % ', '.join('a%d' % i for i in range(n)), 'f(%s)' % ', '.join('a%d=1' % i for i in range(n))):
        try:
            compile(source, 's', 'exec'); print n, 'fine'
        except SyntaxError as e:
            print n, e.msg
exec '\n'.join('x%d = %d' % (i, i) for i in range(70000)) in {}
d = eval('[' + ', '.join(map(str, range(70000))) + ']'); print len(d), d[-1]
print len(eval('(' + ', '.join('"s%d"' % i for i in range(66000)) + ')'))
code = 'if x:\n' + ' y = 1\n' * 30000 + 'else:\n z = 2\n'
ns = {'x': 0}; exec code in ns; print ns['z']
