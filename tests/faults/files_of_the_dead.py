# A file outlives the process that opened it, in those that have it from there.
import os
import signal

r, w = os.pipe()
go, gone = os.pipe()
for i in range(6):
    pid = os.fork()
    if not pid:
        f = open('file%d' % i, 'w+')
        f.write('text %d' % i)
        f.flush()
        if os.fork():
            if i % 2:
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(0)
        os.close(gone)
        os.read(go, 1)
        try:
            f.seek(0)
            os.write(w, f.read() + '\n')
        except IOError, e:
            os.write(w, '%s\n' % e)
        os._exit(0)
    print os.waitpid(pid, 0)[1],
print
os.close(gone)
os.close(w)
print sorted(os.fdopen(r).read().splitlines())
