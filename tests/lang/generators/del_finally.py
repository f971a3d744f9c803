# A generator dropped while suspended runs its finally at once.
def g():
    try:
        yield 1
        yield 2
    finally:
        print 'finally'
it = g()
it.next()
print 'dropping'
del it
print 'dropped'
for x in g():
    print x
    break
print 'after for'
