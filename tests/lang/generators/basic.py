# Generators: state, send, throw, close, return, exhaustion.
def g():
    try:
        got = yield 1
        print 'got', got
        got = yield 2
        print 'got', got
    except ValueError as error:
        print 'caught', error
        yield 'from except'
    finally:
        print 'cleaned'
it = g()
print it.next(), it.send('a'), it.throw(ValueError('v'))
try:
    it.next()
except StopIteration:
    print 'stopped'
it = g()
it.next()
it.close()
it.close()
print list(it)
try:
    g().send(5)
except TypeError as error:
    print error
print iter(it) is it, it.__name__, it.gi_running, it.gi_frame
