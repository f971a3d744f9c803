# Iterators over iterators, as a sieve makes them: each asks the next one. Deep ones work, and die.
import itertools

N = 20000

def ask(make):
    it = iter([1, 2])
    for i in xrange(N):
        it = make(it)
    item = it.next()
    while type(item) is tuple:
        item = item[-1]
    return item

print 'chain', ask(lambda it: itertools.chain(it))
print 'islice', ask(lambda it: itertools.islice(it, 1))
print 'izip', ask(lambda it: itertools.izip(it))
print 'enumerate', ask(lambda it: enumerate(it))
print 'cycle', ask(lambda it: itertools.cycle(it))
print 'ifilter', ask(lambda it: itertools.ifilter(None, it))
print 'takewhile', ask(lambda it: itertools.takewhile(bool, it))
print 'compress', ask(lambda it: itertools.compress(it, [1]))
print 'tee', ask(lambda it: itertools.tee(it)[0])
print 'list', list(reduce(lambda it, i: itertools.chain(it), xrange(N), iter([1, 2])))
print 'sum', sum(reduce(lambda it, i: itertools.islice(it, 2), xrange(N), iter([1, 2])))

it = itertools.count(2)
for i in xrange(700):
    prime = it.next()
    it = itertools.ifilter(prime.__rmod__, it)
print prime
