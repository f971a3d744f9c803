# Pickler() with nothing, a protocol, None or a file: what it collects and gives.
import cPickle, StringIO
p = cPickle.Pickler()
print repr(p.dump([1])).split(' at ')[0], repr(p.dump(1, 1)), repr(p.getvalue())
p = cPickle.Pickler(2)
x = []
p.dump(x)
p.dump(x)
print repr(p.getvalue(0)), repr(p.getvalue()), repr(p.getvalue(1))
for args in (None,), (None, 2), (1, 2), ('a', 1), (None, None), (-1,), (5,), (True,), (1L,), (StringIO.StringIO(),), (object(),):
    try:
        p = cPickle.Pickler(*args)
        print len(args), p.dump([1]) is p,
        print repr(p.getvalue())[-5:]
    except (TypeError, ValueError, cPickle.PicklingError) as e:
        print type(e).__name__, e
print cPickle.dump(1, None), cPickle.Pickler(file=None).dump(3) is None, cPickle.Pickler(protocol=1).dump(3, 1)
class Old:
    pass
Old.__name__ = 'Other'
for o in Old, len:
    try:
        cPickle.dumps(o)
    except cPickle.PicklingError as e:
        print str(e).split(' at 0x')[0]
def nested(x, n):
    for i in range(n):
        x = [x]
    return x
for n in 300, 480, 520:
    try:
        print len(cPickle.dumps(nested(1, n), 2))
    except RuntimeError as e:
        print e
