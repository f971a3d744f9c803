# async exception via ctypes + thread kill
import threading, ctypes, time, sys
def kill(t, exc):
    r = ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_long(t.ident), ctypes.py_object(exc))
    return r
class Killed(Exception): pass
out = []
def loop():
    try:
        while 1: time.sleep(0.001)
    except Killed: out.append('killed')
    finally: out.append('finally')
t = threading.Thread(target=loop); t.start(); time.sleep(0.02)
print kill(t, Killed); t.join(2); print t.isAlive(), out
print ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_long(-5), ctypes.py_object(Killed))
