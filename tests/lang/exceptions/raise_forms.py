# raise Class, value, traceback in all its forms; reraise keeps the traceback.
import sys, traceback
for text in ('raise KeyError', 'raise KeyError, 1', 'raise KeyError, (1, 2)', 'raise KeyError(1)', 'raise IOError, (2, "x")',
             'raise ValueError, ValueError("inst")', 'raise KeyError, None'):
    try:
        exec text
    except Exception as e:
        print text, '->', type(e).__name__, e.args
def inner(): raise ValueError('deep')
def outer():
    try:
        inner()
    except ValueError:
        kind, value, trace = sys.exc_info()
        raise RuntimeError, 'replaced', trace
try:
    outer()
except RuntimeError:
    print [entry[2] for entry in traceback.extract_tb(sys.exc_info()[2])]
def again():
    try:
        inner()
    except ValueError:
        raise
try:
    again()
except ValueError:
    print [entry[2] for entry in traceback.extract_tb(sys.exc_info()[2])]
