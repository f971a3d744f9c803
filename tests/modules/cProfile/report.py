# cProfile: run(), runctx(), runcall(), saved statistics and the reports of pstats, without the times.
import cProfile, cStringIO, os, pstats, re, sys


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def leaf(n):
    return [n].pop()


def caller(n):
    return sorted([leaf(i) for i in range(n)], key=leaf)


def printed(text):
    text = re.sub(r'\d+\.\d\d\d', 'T', text)
    text = re.sub(r'(?m)^\w+ \w+ +\d+ \d+:\d+:\d+ \d+ ', '', text)
    head, body = [], []
    for line in text.splitlines():
        # columns are as wide as the file names, and paths are the machine's
        line = ' '.join(line.split())
        (body if re.search(r'^[\d{]|^\S+:\d+\(|<-|->', line) else head).append(line)
    print '\n'.join(head + sorted(body))


def captured(function, *args, **kwds):
    out, sys.stdout = sys.stdout, cStringIO.StringIO()
    try:
        function(*args, **kwds)
    finally:
        text, sys.stdout = sys.stdout.getvalue(), out
    printed(text)


captured(cProfile.run, 'fact(5); caller(3)')
captured(cProfile.run, 'fact(2)', sort='cumulative')
captured(cProfile.runctx, 'f(x)', {'f': caller}, {'x': 2}, sort='calls')
captured(cProfile.run, 'raise SystemExit(3)')
try:
    cProfile.run('fact("a" + 1)', 'stats')
except TypeError as e:
    print e
print os.path.exists('stats')

p = cProfile.Profile()
print p.runcall(fact, n=4)
captured(p.print_stats)
p = cProfile.Profile(lambda: 0, 1.0)
print p.run('caller(2)') is p
p.create_stats()
for key, value in sorted(p.stats.items()):
    print (os.path.basename(key[0]),) + key[1:], value[:4], sorted(
        (k[1:], v) for k, v in value[4].items())

cProfile.run('fact(3); caller(4)', 'stats')
s = pstats.Stats("stats")
print s.total_calls, s.prim_calls
s.add('stats')
print s.total_calls, s.prim_calls
s.strip_dirs()


def report(name, *args):
    s.stream = sys.stdout
    getattr(s, name)(*args)


for name in 'print_callers', 'print_callees', 'print_stats':
    captured(report, name)
    captured(report, name, 'fact')
s.sort_stats('name')
captured(report, 'print_stats', 2)
captured(report, 'print_callers', 'leaf')
