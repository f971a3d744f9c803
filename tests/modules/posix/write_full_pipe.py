# A write of more than a pipe holds waits until all is taken, whoever reads; without waiting it takes a part.
import errno
import fcntl
import os
import threading

r, w = os.pipe()


def drain(n, got):
    while n > 0:
        part = len(os.read(r, 30000))
        got.append(part)
        n -= part


got = []
t = threading.Thread(target=drain, args=(300000, got))
t.start()
print os.write(w, 'x' * 300000)
t.join()
print sum(got)

pid = os.fork()
if pid == 0:
    got = []
    drain(300000, got)
    os._exit(sum(got) != 300000)
print os.write(w, bytearray(300000)), os.waitpid(pid, 0)[1]

fcntl.fcntl(w, fcntl.F_SETFL, os.O_NONBLOCK)
print os.write(w, 'x' * 300000), os.write(w, '')
try:
    os.write(w, 'x')
except OSError as e:
    print errno.errorcode[e.errno]
os.close(r)
try:
    os.write(w, 'x')
except OSError as e:
    print errno.errorcode[e.errno]
