# Which attributes of a frame can be set or deleted, and what each refusal says.
import sys

frame = sys._getframe()


def attempt(statement):
    try:
        exec statement
        print statement, 'ok'
    except Exception as error:
        print statement, type(error).__name__, error


for name in sorted(n for n in dir(frame) if n.startswith('f_')):
    attempt('frame.%s = 5' % name)
    attempt('del frame.%s' % name)


def tracer(f, event, arg):
    for line in (f.f_lineno + 1, 'x', 1.5, 10 ** 30):
        try:
            f.f_lineno = line
            print event, 'ok'
        except Exception as error:
            print event, type(error).__name__, error


sys.settrace(tracer)
(lambda: 1)()
sys.settrace(None)
frame.f_trace = lambda *args: None
attempt('frame.f_lineno = 5')
del frame.f_trace
attempt('frame.f_lineno = 5')
