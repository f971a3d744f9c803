# thread exits main: exception in main with threads running; sys.exit in main while others wait
import threading, time, sys
e = threading.Event()
def w():
    time.sleep(0.05); sys.stderr.write('worker goes on\n'); e.set()
t = threading.Thread(target=w); t.start()
def f(): raise RuntimeError('main dies')
f()
