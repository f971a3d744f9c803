# Deeply nested source.
for n in (50, 90, 200, 1000):
    for form in ('(' * n + ')' * n, '[' * n + ']' * n, '-' * n + '1', 'lambda: ' * n + '1', '(' * n + '1' + ',)' * n, 'a' + '.b' * n * 5, 'f' + '()' * n, '1' + '+1' * n * 5, 'not ' * n + '1'):
        try:
            compile(form, 's', 'eval')
            print n, repr(form[:5]), 'fine'
        except (SyntaxError, MemoryError, RuntimeError) as e:
            print n, repr(form[:5]), type(e).__name__
