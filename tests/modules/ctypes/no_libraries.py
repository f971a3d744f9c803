# Libraries that are not there, and symbols that the program does not have.
import ctypes
from ctypes import CDLL, cdll, pythonapi, c_int, CFUNCTYPE
import _ctypes

def attempt(f):
    try:
        print f()
    except Exception as e:
        print type(e).__name__, str(e).split('/')[-1].split(': ', 1)[-1]

attempt(lambda: CDLL('libnosuch.so.6'))
attempt(lambda: CDLL(u'libnosuch.so.6'))
attempt(lambda: cdll.LoadLibrary('nosuch'))
attempt(lambda: cdll.nosuch)
attempt(lambda: CDLL(5))
attempt(lambda: pythonapi.no_such_function)
attempt(lambda: pythonapi['no such'])
attempt(lambda: pythonapi[3.5])
attempt(lambda: pythonapi.__nosuch__)
attempt(lambda: c_int.in_dll(pythonapi, 'no_such_variable'))
attempt(lambda: CFUNCTYPE(c_int)(('no_such', pythonapi)))
attempt(lambda: _ctypes.dlopen('libnosuch.so'))
attempt(lambda: _ctypes.dlsym(pythonapi._handle, 'no_such'))
print type(pythonapi._handle), hasattr(ctypes, 'FormatError'), hasattr(_ctypes, 'FormatError')
print ctypes.set_errno(7), ctypes.get_errno(), ctypes.set_errno(0), ctypes.get_errno()
