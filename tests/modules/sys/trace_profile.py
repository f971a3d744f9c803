# settrace and setprofile: events, line numbers, c calls, returning None.
import sys
events = []
def tracer(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, repr(arg)[:30] if event == 'return' else arg and arg[0].__name__ if event == 'exception' else None))
    return tracer
def g(n):
    for i in range(n):
        pass
    return n
def f():
    x = 1
    try:
        g(1)
        raise KeyError
    except KeyError:
        y = [
            1,
            2]
    while x:
        x = 0
    yield x
sys.settrace(tracer)
list(f())
sys.settrace(None)
for e in events: print e
calls = []
def profiler(frame, event, arg): calls.append((event, frame.f_code.co_name, getattr(arg, '__name__', None) if event.startswith('c_') else None))
sys.setprofile(profiler)
len([]); g(0)
try:
    int('x')
except ValueError:
    pass
sys.setprofile(None)
print calls
def local(frame, event, arg): return None
sys.settrace(local); g(1); print sys.gettrace() is local; sys.settrace(None)
