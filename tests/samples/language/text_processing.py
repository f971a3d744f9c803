# regex-heavy text processing
import re, string, textwrap, difflib, collections
text = '''2001-02-03 10:20:30,123 [INFO] com.example.Foo - user=bob action="log in" ip=10.0.0.1
2001-02-03 10:20:31,456 [ERROR] com.example.Bar - failed: java.lang.NullPointerException
\tat com.example.Bar.baz(Bar.java:42)
2001-02-04 00:00:00,000 [WARN] x - '''
p = re.compile(r'^(?P<date>\d{4}-\d\d-\d\d) (?P<time>[\d:]+),(?P<ms>\d+) \[(?P<lvl>\w+)\]\s+(\S+) - (.*)$', re.M)
for m in p.finditer(text): print m.groups(), sorted(m.groupdict().items()), m.span('lvl'), m.start(5), m.lastindex, m.lastgroup
print p.groups, p.groupindex, p.flags, p.pattern[:10], p.sub(r'\g<lvl>:\5', text).splitlines()[0], re.subn('a', 'b', 'banana', 2), re.sub('(a)(b)?', lambda m: repr(m.groups()), 'ab a'), re.split(r'(\s*[,;]\s*)', 'a , b;c'), re.split('x*', 'axbc'), re.findall(r'(\w)(\d)?', 'a1b'), re.findall('', 'ab'), re.sub('', '-', 'abc'), re.sub('x*', '-', 'abxd'), re.escape('a.b*c\n\0 z')
for pat, s in ((r'(?i)HeLLo', 'hello'), (r'(?x) a  b # comment', 'ab'), (r'(?s)a.b', 'a\nb'), (r'a(?=b)', 'ab'), (r'a(?!b)', 'ac'), (r'(?<=a)b', 'ab'), (r'(?<!a)b', 'cb'), (r'(a)|(b)', 'b'), (r'(?:a|b)+', 'abab'), (r'a{2,3}?', 'aaaa'), (r'a{,2}', 'aaa'), (r'(a*)*b', 'aab'), (r'(?P<x>a)(?P=x)', 'aa'), (r'(a)(?(1)b|c)', 'ab'), (r'\bfoo\b', 'a foo b'), (r'\Aab\Z', 'ab'), (r'[^\W\d_]+', '12ab'), (r'[]a]+', ']a'), (r'[a\-z]+', '-a'), (r'\x41\101\n', 'AA\n'), (r'(.)\1{3}', 'xaaaab'), (r'^$', ''), (r'$', 'a\n'), (r'(?m)^b$', 'a\nb\nc'), (r'\S+@\S+\.com', 'me@x.com'), (u'(?u)\\w+', u'h\xe9'), ('(?L)\\w', 'a'), (r'((a)(b(c)))', 'abc'), (r'(?:(a)|b)*', 'ab'), (r'(a+)+$', 'aaaaaaaaaaaaaaaaaab'), (r'x{0}y', 'y'), (r'a{1', 'a{1'), (r'[\s\S]', '\n')):
    m = re.search(pat, s); print pat.__repr__(), m and (m.group(), m.groups(), m.span(), m.regs)
for bad in ('(', ')', '[', '[z-a]', '*a', 'a**', '(?P<1>a)', '(?P<a', '(?P<a>x)(?P<a>y)', '(?P=z)', '\\', '(?<=a*)b', '(?z)', 'a{3,1}', '(?(2)a)', '[a', '(?#', 'x{99999999999}', '(?P>a)', '\\1', '(?', '+', '(a', 'a++'):
    try: re.compile(bad); print bad, 'ok'
    except (re.error, OverflowError), e: print repr(bad), type(e).__name__, e
m = re.match('(a)(b)?', 'ac'); print m.group(0, 1, 2), m.groups('D'), m.expand(r'\1-'), m.string, m.pos, m.endpos, m.re.pattern, m.end(2), m.groupdict()
for f in (lambda: m.group(5), lambda: m.group('x'), lambda: m.start(9), lambda: m.expand(r'\2'), lambda: re.sub('a', r'\3', 'a'), lambda: re.sub('a', r'\g<x>', 'a'), lambda: re.match(5, 'a'), lambda: re.match('a', 5), lambda: re.compile('a', 'b'), lambda: re.sub('a', 5, 'a'), lambda: re.compile(re.compile('a'), re.I), lambda: re.search('a', bytearray('ba')).span(), lambda: re.sub('(?P<n>a)', r'\g<n>\g<0>\g<1>', 'a'), lambda: re.sub('a', r'\n\t\\\x', 'a')):
    try: print f()
    except Exception, e: print type(e).__name__, e
s = re.Scanner([(r'\d+', lambda s, t: int(t)), (r'[a-z]+', lambda s, t: t), (r'\s+', None), (r'[+*]', lambda s, t: ('op', t))]); print s.scan('12 + abc*3 ?')
tok = re.compile(r'\s*(?:(\d+\.?\d*)|(.))')
def parse(e):
    toks = [(float(n) if n else o) for n, o in tok.findall(e)] + ['end']; pos = [0]
    def peek(): return toks[pos[0]]
    def nxt(): pos[0] += 1; return toks[pos[0] - 1]
    def atom():
        t = nxt()
        if t == '(': v = expr(); assert nxt() == ')'; return v
        if t == '-': return -atom()
        return t
    def term():
        v = atom()
        while peek() in ('*', '/'): v = v * atom() if nxt() == '*' else v / atom()
        return v
    def expr():
        v = term()
        while peek() in ('+', '-'): v = v + term() if nxt() == '+' else v - term()
        return v
    return expr()
for e in ('1+2*3', '(1+2)*3', '-4/2 - 1', '2*(3+(4-1))*1.5'): print e, '=', parse(e)
print textwrap.fill('The quick brown fox jumped over the lazy dog ' * 3, 40, initial_indent='* ', subsequent_indent='  '), textwrap.dedent('  a\n   b\n  c'), textwrap.wrap('x' * 30, 10), textwrap.wrap('hyphen-ated words-here', 8)
a, b = 'one\ntwo\nthree\n'.splitlines(1), 'one\nTWO\nthree\nfour\n'.splitlines(1)
print ''.join(difflib.unified_diff(a, b, 'a', 'b')), ''.join(difflib.ndiff(a, b)), ''.join(difflib.context_diff(a, b)), difflib.get_close_matches('appel', ['ape', 'apple', 'peach']), difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio(), difflib.SequenceMatcher(None, 'abxcd', 'abcd').get_opcodes()
print string.capwords('hello world'), string.maketrans('ab', 'xy')[97:99], 'hello'.center(11, '*'), 'a\tb'.expandtabs(4), 'x=1;y=2'.partition('='), 'a.b.c'.rsplit('.', 1), ' x '.strip(), 'xxaxx'.strip('x'), '%s' % 'abc'.zfill(5), '-5'.zfill(4), 'abc'.startswith(('x', 'a')), 'Hello World'.swapcase(), 'abc'.count(''), 'aaa'.replace('a', 'b', 2), 'a,b,,c'.split(','), ''.split(), ''.split(','), 'ab12'.isalnum(), 'abc'.index('c'), 'they\'re bill\'s'.title()
words = re.findall(r"[a-z']+", 'It was the best of times, it was the worst of times'.lower()); print collections.Counter(words).most_common(3), sorted(set(words), key=lambda w: (-len(w), w))[:4]
