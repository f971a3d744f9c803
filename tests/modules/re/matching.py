# re: groups, flags, substitution, splitting, errors, scanner.
import re
m = re.match(r'(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?', '2020-04-20 rest')
print m.group(), m.group(1, 'month'), m.groups(), m.groupdict(), m.span(), m.start('year'), m.end(4), m.expand(r'\2/\g<year>'), m.lastindex, m.lastgroup, m.re.pattern, m.string[:4], m.pos, m.endpos, m.regs
print re.findall(r'\w+', 'a bc d'), re.findall(r'(a)(b)?', 'abaa'), re.split(r'(,)\s*', 'a, b,c'), re.split('x*', 'axbc'), re.sub('(a)(b)?', r'[\1]', 'aba') , re.sub('a', lambda m: m.group().upper(), 'banana', 2), re.subn('z', '', 'abc'), re.sub('', '-', 'ab'), [m.span() for m in re.finditer('a*', 'baac')], re.search('(?i)ABC', 'xabc').span(), re.escape('a.b*c\0'), re.match('a.c', 'a\nc'), re.match('(?s)a.c', 'a\nc').group(), re.findall('(?m)^.', 'ab\ncd'), re.compile('a  b # comment', re.X).match('ab').group()
for pattern, text in ((r'(a+)+$', 'aaaaaaaaab'), (r'(?:a|ab)(?:c|bcd)(d*)', 'abcd'), (r'(\w)\1', 'hello'), (r'(?<=l)l', 'hello'), (r'(?<!h)e', 'hee'), (r'a(?=b)', 'ab'), (r'a(?!b)', 'ab ac'), (r'(a)?(?(1)b|c)', 'ab'), (r'(a)?(?(1)b|c)', 'c'), (r'x{2,3}?', 'xxxx'), (r'[^a-c\]]+', 'abxyz]'), (r'\bfoo\b', 'a foo b'), (r'\d\D\s\S\w\W', '1a b_!'), (u'\\w+', u'\xe9t\xe9'), (u'(?u)\\w+', u'\xe9t\xe9'), (r'\Aa\Z', 'a'), ('a|b|cd|', 'cd'), ('(?:(a)|b)*', 'ab'), ('(a|b)*?c', 'abac'), (r'[\x41-\x43\d]+', 'xABC12'), ('.*?,', 'a,b,'), ('(?iu)\xe9'.decode('latin-1'), u'\xc9'), ('^*', 'a')):
    try:
        m = re.search(pattern, text)
        print repr(pattern), m and (m.span(), m.groups())
    except re.error as e:
        print repr(pattern), e
for bad in ('(', ')', '[', 'a**', '*', '(?P<1>a)', '(?P<a', '\\', '(?P=x)', '(?z)', 'x{3,2}', '(?<=a*)b', '(a)\\2', '[z-a]', '(?P<a>b)(?P<a>c)', '(?(2)a)', '(?#', 'a{99999999999}', '(?:', '(?P>'):
    try:
        re.compile(bad); print bad, 'ok'
    except (re.error, OverflowError) as e:
        print bad, type(e).__name__, e
p = re.compile('a(b)')
print p.groups, p.flags, p.groupindex, p.match('xab', 1).span(), p.search('abab', 1, 4).span(), p.match(buffer('ab')) is not None, re.compile('x') is re.compile('x'), repr(p)[:13], p.scanner('abab').search().span()
