# An excepthook that fails itself.
import sys
def hook(*a): raise KeyError('in hook')
sys.excepthook = hook
raise ValueError('original')
