"""Where the tokenizer and the parser stop: layout, numbers, strings, ends of the input."""
CASES = [
    (' x=1\n', 'exec'), ('x=1\n y=2\n', 'exec'), ('if 1:\nx\n', 'exec'), ('if 1:\n  x\n y\n', 'exec'),
    ('x="abc\n', 'exec'), ('x="""abc\n', 'exec'), ('x=\\ 1\n', 'exec'), ('x=\\', 'exec'), ('x=$\n', 'exec'),
    ('x=1 1\n', 'exec'), ('if 1:\n        x\n\ty\n', 'exec'), ('(1,\n', 'exec'), ('x=(', 'exec'),
    ('x=0777L+08', 'exec'), ('0xZ', 'exec'), ('1e', 'exec'), ('1e+', 'exec'), ('0b12', 'exec'), ('0o8', 'exec'),
    ('\n\n\n  \n', 'exec'), ('', 'exec'), ('x y', 'eval'), ('', 'eval'), ('x\ny', 'single'), ('@', 'exec'),
    ('a\xe9=1', 'exec'), ('a?', 'exec'), ('x=1;;', 'exec'), ('1jj', 'exec'), ('1.2.3', 'exec'), ('08', 'exec'),
    ('# vim:ts=4\nif 1:\n        x\n\t\ty\n', 'exec'), ('if 1:\n        x\n\t\ty\n', 'exec'),
    ('y=1\nx=(\n', 'exec'), ('x\\\n y\n', 'exec'), ('"""a\nb" 1""" 2\n', 'exec'), ('x=("a\nb"\n', 'exec'),
    ('rb""', 'exec'), ('\n\n(a,\n\n1 2)', 'exec'), ('\x0c b=2', 'exec'), ('\r\nx\r y z', 'exec'), ('...', 'exec'),
    ('x=(\n\n\n\n', 'exec'), ('def f():\n    """x\n', 'exec'), ('if 1:\n  if 2:\n      x\n    y\n', 'exec'),
    ('# coding: foo\n', 'exec'), ('\xef\xbb\xbf# coding: latin-1\n', 'exec'), ('\xef\xbb\xbfx\n', 'exec'),
    ('# coding: ascii\nx="\xe9"\n', 'exec'), ('# coding: utf-8\nx=u"\xe9"\n', 'exec'), ('x=u"\xe9"\n', 'exec'),
    ('x=(\n', 'single'), ('if 1:\n x\n', 'single'), ('x="""a', 'single'), ('if 1:\n  x\nelse:', 'single'),
    ('  ', 'single'), ('\\\n', 'single'), ('@a\n', 'single'), ('try:\n x\n', 'single'),
    ('\n'.join(' ' * i + 'if 1:' for i in range(101)) + '\n' + ' ' * 101 + 'x\n', 'exec'),
]
DONT_IMPLY_DEDENT = 0x200

for source, mode in CASES:
    for flags in (0, DONT_IMPLY_DEDENT):
        try:
            compile(source, '<here>', mode, flags)
            print 'right',
        except SyntaxError as error:
            print error.__class__.__name__, error.args,
        print repr(source[:40]), mode, flags
