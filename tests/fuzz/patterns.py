# re.compile of random and mutated patterns, and every method of what comes out; _sre.compile of random code.
import _sre, re, sre_compile, sre_parse
from fuzzlib import mutate, note, run

ATOMS = ['a', 'b', 'ab', '.', r'\d', r'\w', r'\s', r'\b', r'\B', '^', '$', r'\A', r'\Z', '[ab]', '[^a]', '[a-z]', r'[\w-]',
         r'\1', r'\2', '(?P=n)', u'\xe9', u'\u20ac', '(?i)', '(?L)', '(?u)', '(?m)', '(?s)', '(?x)', '', r'[\d\D]', 'A',
         '(?:)', '()', '[]a]', u'[\u0100-\u0200]', u'[^\U00010000]', r'\x41', r'\n']
QUANT = ['*', '+', '?', '*?', '+?', '??', '{2}', '{0,3}', '{1,}', '{,2}', '{2,3}?', '{0}', '{65535}', '{0,65534}', '{4294967295}', '']
def pattern(rng, depth=0):
    out = []
    for _ in xrange(rng.randrange(1, 4)):
        how = rng.randrange(12)
        if how < 6 or depth > 3:
            atom = rng.choice(ATOMS)
        else:
            inner = pattern(rng, depth + 1)
            atom = rng.choice(('(%s)', '(?:%s)', '(?=%s)', '(?!%s)', '(?<=%s)', '(?<!%s)', '(?P<n>%s)', '(?(1)%s)', '(?(1)%s|b)',
                               '(%s|)', '(?:%s|a|)', '(|%s)')) % inner
        out.append(atom + (rng.choice(QUANT) if rng.random() < .5 else ''))
        if rng.random() < .15:
            out.append('|')
    return ''.join(out)

TEXTS = ['', 'a', 'ab', 'aaaaab', 'abab abAB\n', 'x' * 60, 'ab' * 30, u'\xe9\u20ac\U00010000ab', buffer('abc'), bytearray('aab'), '\0\xff',
         'a' * 3000, 'AbC1 2_ \n' * 9]

def exercise(rng, p):
    text = rng.choice(TEXTS)
    for name in ('match', 'search', 'findall', 'split', 'finditer', 'scanner'):
        args = [text]
        if name != 'split' and rng.random() < .3:
            args += [rng.choice((-1, 0, 1, 2, 100, 1 << 40)), rng.choice((-1, 0, 1, 3, 1 << 63 - 1))]
        try:
            m = getattr(p, name)(*args)
        except (TypeError, ValueError, OverflowError, RuntimeError, MemoryError, IndexError):
            continue
        if name == 'finditer':
            m = list(m)
        elif name == 'scanner':
            s = m
            while s.match():
                pass
            while s.search():
                pass
        elif hasattr(m, 'groups'):
            m.groups(), m.groupdict(), m.regs, m.lastindex, m.lastgroup, m.span(), m.start(m.re.groups)
            m.expand(r'\g<0>\1')
    p.sub(r'<\g<0>>', text) if isinstance(text, basestring) else None
    p.subn(lambda m: m.group(), text)

def case(rng, n):
    if rng.random() < .25:
        # Codes by hand: _sre.compile must refuse what would read or jump out of its place.
        text = pattern(rng)
        flags = rng.choice((0, 0, re.I, re.U, re.M | re.S))
        tree = sre_parse.parse(text, flags)
        code = sre_compile._code(tree, flags)
        for _ in xrange(rng.choice((1, 1, 2, 4))):
            at = rng.randrange(len(code))
            how = rng.randrange(4)
            if how == 0:
                code[at] = rng.randrange(34)
            elif how == 1:
                code[at] = rng.choice((0, 1, 2, 3, 255, 256, 65535, 65536, 0xffffffff, 0x7fffffff, len(code)))
            elif how == 2:
                del code[at]
            else:
                code.insert(at, rng.randrange(40))
        groups = rng.choice((tree.pattern.groups - 1, 0, 1, 100))
        note(repr((text, flags, code, groups)))
        p = _sre.compile(text, flags | tree.pattern.flags, code, groups, tree.pattern.groupdict, [None] * (groups + 1))
    else:
        text = pattern(rng)
        flags = rng.choice((0, 0, 0, re.I, re.U, re.I | re.U, re.M, re.S, re.X, re.L))
        note(repr((text, flags)))
        if isinstance(text, str) and rng.random() < .3:
            text = mutate(rng, text)
            note(repr(text))
        p = sre_compile.compile(text, flags)
    exercise(rng, p)

run(case, limit=1.0)
