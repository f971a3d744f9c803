# What only a thread-local object keeps alive, in whichever thread, is garbage with it.
import gc
import thread
import threading
import weakref


class X(object):
    pass


class Local(thread._local):
    def __init__(self, *args):
        self.args = args


gc.disable()
for make in (thread._local, Local):
    x = X()
    x.local = make()
    x.local.x = x
    seen = weakref.ref(x)
    del x
    print make.__name__, seen() is None, gc.collect() > 0, seen() is None

# Each of two threads has its own.
local = Local('a', 'b')
local.mine = X()
first = weakref.ref(local.mine)
refs = []
ready, go = threading.Event(), threading.Event()


def other():
    print local.args, hasattr(local, 'mine')
    local.mine = X()
    local.mine.local = local
    refs.append(weakref.ref(local.mine))
    ready.set()
    go.wait()


t = threading.Thread(target=other)
t.start()
ready.wait()
gc.collect()
print first() is None, refs[0]() is None
del local.mine
print first() is None, refs[0]() is None
go.set()
t.join()
del t
print refs[0]() is None, local.args
local.again = local
seen = weakref.ref(local, lambda r: None) if hasattr(local, '__weakref__') else None
d = local.__dict__
print sorted(d), d['again'] is local
