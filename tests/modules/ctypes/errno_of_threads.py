# get_errno and set_errno: a number of ctypes' own, one for each thread.
import threading
from ctypes import get_errno, set_errno

print get_errno(), set_errno(32), get_errno()
def run():
    print get_errno(), set_errno(5), get_errno()
t = threading.Thread(target=run)
t.start()
t.join()
print get_errno(), set_errno(0), get_errno()
for bad in 'x', None, 2 ** 40, 1.5:
    try:
        print set_errno(bad)
    except Exception as e:
        print type(e).__name__, e
