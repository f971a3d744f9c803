"""Source read from files: encodings, ends of lines and of the file, and where errors are."""
SOURCES = [
    'x="\xe9"\n', '# coding: foo\n', '# coding: latin-1\nprint repr(u"\xe9")', '\xef\xbb\xbf# coding: latin-1\n',
    '# coding: koi8-r\nx=u"\xe9"\nprint repr(x),repr("\xe9")\n', '\xef\xbb\xbfprint repr(u"\xc3\xa9")\n',
    '#\n# -*- coding: ascii -*-\nx="\xe9"\n', '#\n\n# -*- coding: latin-1 -*-\nx="\xe9"\n',
    'x=1 # coding: latin-1\ny="\xe9"\n', '\n# coding: latin-1\nx=\x0c1\n\x0cprint x\n',
    'if 1:\r\n  x=1\r\n  y=2\rprint x\n', 'x=(\n', 'x="""\n', 'x=1\n y', '  # c\nprint 1', 'x="\\\n',
    'x="a\\\nb"\ny=(1,\n2 2)', '# coding: utf-8\nx=u"\xe9"\n', '# coding: cp1252\nx="\xc3\xa9" 1\n',
    'x="""\n\n1 1', 'class A:\n\tx=1\n        y=2\nprint A.y', 'print 1', 'print 1\n#', 'if 1:\n  print 1',
    'if 1:\n', 'if 1:', 'x=[1,\n2,\n', 'def f():\n    return 1\n\n\n\n  x\n', '', '\n', '#', 'print u"\\\n', 'x = \\\n',
    'x = "abc', "x = '''abc", 'a b\nc="\xe9"\n', '# coding: utf-8\n\nx = (1 2)\n', 'None = 1\n', 'return\n',
    '# vim: set fileencoding=iso-8859-15 :\nprint repr(u"\xa4")\n', '# coding: rot13\ncevag 1\n',
]

for source in SOURCES:
    print repr(source)
    with open('source_to_run.py', 'wb') as f:
        f.write(source)
    try:
        execfile('source_to_run.py', {})
    except Exception as error:
        print '   ', error.__class__.__name__, error.args, getattr(error, 'lineno', ''), repr(getattr(error, 'text', ''))
