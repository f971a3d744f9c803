# Threads wait for pipes while others write to them.
import os, select, threading, time

# A pipe between threads: the reader waits, the writer goes on.
r, w = os.pipe()
got = []
def reader():
    while True:
        data = os.read(r, 10)
        if not data:
            break
        got.append(data)
t = threading.Thread(target=reader)
t.start()
for word in ('one', 'two', 'three'):
    os.write(w, word)
    time.sleep(0.02)
os.close(w)
t.join()
print ''.join(got)
os.close(r)

# A file object over a pipe, read by lines in another thread.
r, w = os.pipe()
lines = []
def line_reader(f):
    for line in f:
        lines.append(line)
t = threading.Thread(target=line_reader, args=(os.fdopen(r),))
t.start()
out = os.fdopen(w, 'w')
print >>out, 'first'
out.flush()
time.sleep(0.02)
print >>out, 'second'
out.close()
t.join()
print lines

# select with a time-out, ended by another thread's write.
r, w = os.pipe()
def later():
    time.sleep(0.05)
    os.write(w, 'x')
threading.Thread(target=later).start()
print select.select([r], [], [], 0.001)[0] == []
print select.select([r], [], [], 5)[0] == [r]
