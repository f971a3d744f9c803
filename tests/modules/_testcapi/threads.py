# Threads that C starts: who they are, what they see, and what becomes of their errors.
import _testcapi, sys, thread, threading
main = thread.get_ident()
calls = []
def callback():
    calls.append(thread.get_ident() == main)
print _testcapi._test_thread_state(callback)
print len(calls), calls.count(True)
def fails():
    calls.append(1)
    if len(calls) in wanted:
        raise KeyError(len(calls))
for wanted in [1], [2], [1, 2], [1, 2, 3, 4, 5]:
    calls = []
    try:
        print _testcapi._test_thread_state(fails)
    except KeyError as e:
        print wanted, repr(e), len(calls)
def look():
    print thread.get_ident() == main, sys._getframe().f_back
    print isinstance(threading.current_thread(), threading._DummyThread), sys.gettrace()
    local.x = 1
    print sorted(local.__dict__)
local = threading.local()
local.y = 2
print _testcapi.call_in_temporary_c_thread(look), sorted(local.__dict__)
def gen():
    try:
        while 1:
            yield sys._getframe().f_back is not None
    finally:
        print 'closed'
g = gen()
print _testcapi.call_in_temporary_c_thread(g.next), g.next(), g.next()
print _testcapi.call_in_temporary_c_thread(g.close)
lock = thread.allocate_lock()
lock.acquire()
def waits():
    other = threading.Thread(target=lock.release)
    other.start()
    lock.acquire()
    other.join()
    print 'waited'
print _testcapi.call_in_temporary_c_thread(waits)
def nested():
    print 'in', _testcapi.call_in_temporary_c_thread(lambda: None)
print _testcapi.call_in_temporary_c_thread(nested)
for f in _testcapi._test_thread_state, _testcapi.call_in_temporary_c_thread:
    for args in (), (1, 2):
        try:
            f(*args)
        except TypeError as e:
            print e
    try:
        f(callback=3)
    except TypeError as e:
        print e
try:
    _testcapi._test_thread_state(None)
except TypeError as e:
    print e
print _testcapi.test_datetime_capi(), _testcapi.test_widechar()
import datetime
print type(datetime.datetime_CAPI), [n for n in dir(datetime) if n[0] != '_']
