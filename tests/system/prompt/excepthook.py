# sys.excepthook replaced, and one that fails.
import sys
def hook(kind, value, trace): print 'hook', kind.__name__, value
sys.excepthook = hook
1 / 0
