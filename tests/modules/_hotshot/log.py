# What is in the log, without the times.
import _hotshot, sys


def f(x):
    y = x
    return y


def g():
    f(1)
    for i in range(2):
        f(i)


def gen():
    yield 1


def fails():
    raise KeyError


def catches():
    try:
        fails()
    except KeyError:
        pass
    return list(gen())


def events():
    r = _hotshot.logreader('log')
    for what, time, file, line in r:
        if what in (_hotshot.WHAT_ENTER, _hotshot.WHAT_EXIT):
            time = time >= 0
        elif what == _hotshot.WHAT_LINENO:
            time = time >= 0 and 'timed'
        print '   ', what, time, file, line
    print r.closed, [s[:9] for s in r.info.get('key', [])], r.info['requested-line-events'], r.info[
        'requested-line-timings'], r.info['requested-frame-timings'], r.info['hotshot-version']


for args in (), (0,), (1,), (1, 1), (0, 0), (1, 0), (0, 1):
    print args
    p = _hotshot.profiler('log', *args)
    p.runcall(g)
    p.addinfo('key', 'value')
    p.addinfo('key', 'v' * 200)
    p.close()
    events()

for lines in 0, 1:
    print 'errors, generators, C functions', lines
    p = _hotshot.profiler('log', lines)
    try:
        p.runcall(fails)
    except KeyError:
        pass
    print p.runcall(catches), p.runcall(len, ([],))
    p.start()
    f(1)
    p.stop()
    f(2)
    p.start()
    f(3)
    p.close()
    print sys.getprofile(), sys.gettrace()
    events()

print 'long numbers'
p = _hotshot.profiler('log', 1, 0)
p.runcode(compile('\n' * 20000 + 'def h():\n x=1\n' + '\n' * 70000 + ' y=2\nh()\nh()', 'file', 'exec'),
          {})
p.runcode(compile('f(3)', 'other', 'exec'), {'f': f})
for i in range(70):
    p.runcode(compile('3', 'file%d' % i, 'eval'), {})
p.close()
events()

print 'more than the buffer has room for'
p = _hotshot.profiler('log')
for i in range(30):
    p.addinfo('key', 'v' * 1000)
    p.runcall(f, (i,))
for i in range(5000):
    p.runcall(f, (i,))
p.close()
r = _hotshot.logreader('log')
print sum(e[0] == 0 for e in r), len(r.info['key'])

p = _hotshot.coverage('log')
p.runcall(g)
p.close()
data = open('log', 'rb').read()
print repr(data[data.rindex('S\x01'):])

p = _hotshot.profiler('log')
p.start()
del p
f(1)
print type(sys.getprofile())
sys.setprofile(None)
events()
