# What is written to a pipe that is full waits for its reader, whoever writes, while the other threads run.
import errno
import io
import os
import signal
import subprocess
import sys
import threading
import time

SIZE = 400000
r, w = os.pipe()
got = []


def reader(size):
    time.sleep(.1)
    left = size
    while left:
        left -= len(os.read(r, min(left, 65536)))
    got.append(size)


def while_read(what, write):
    thread = threading.Thread(target=reader, args=(SIZE,))
    thread.start()
    answer = write()
    thread.join()
    print what, answer, got.pop()


def small_pieces(file):
    for _ in xrange(SIZE // 100):
        file.write('q' * 100)
    file.flush()


def printed(file):
    for _ in xrange(SIZE // 100):
        print >>file, 'q' * 99
    file.close()


print '- file objects'
whole, pieces, prints, lines, bare = [os.fdopen(os.dup(w), 'w', size) for size in (-1, -1, 5000, 1, 0)]
while_read('whole', lambda: (whole.write('q' * SIZE), whole.flush()))
while_read('in pieces', lambda: small_pieces(pieces))
while_read('printed, then closed', lambda: printed(prints))
while_read('by lines', lambda: lines.writelines(['q' * 99 + '\n'] * (SIZE // 100)))
while_read('unbuffered', lambda: bare.write('q' * SIZE))

print '- io'
raw = io.open(os.dup(w), 'wb', 0)
while_read('raw', lambda: raw.write('q' * SIZE))
buffered = io.open(os.dup(w), 'wb')
while_read('buffered', lambda: (buffered.write('q' * SIZE), buffered.flush()))
text = io.open(os.dup(w), 'w')
while_read('text', lambda: (text.write(u'q' * SIZE), text.flush()))

print '- two threads write to one file'
both = os.fdopen(os.dup(w), 'w')
writers = [threading.Thread(target=small_pieces, args=(both,)) for _ in range(2)]
for thread in writers:
    thread.start()
left = 2 * SIZE
while left:
    left -= len(os.read(r, min(left, 65536)))
for thread in writers:
    thread.join()
both.flush()
print 'all of it'

print '- signals'


def handler(number, frame):
    print 'handled'
    if raises:
        raise ZeroDivisionError


def interrupted(what, call, *args):
    signal.setitimer(signal.ITIMER_REAL, .2)
    try:
        print what, call(*args)
    except (IOError, OSError) as error:
        print what, errno.errorcode[error.errno]
    except ZeroDivisionError as error:
        print what, 'raised'


signal.signal(signal.SIGALRM, handler)
for several in False, True:
    if several:
        idler = threading.Thread(target=time.sleep, args=(3,))
        idler.daemon = True
        idler.start()
    for raises in False, True:
        interrupted('part of it', raw.write, 'q' * SIZE)
        interrupted('nothing', raw.write, 'q')
        left = 65536 if not raises else 0
        while left:
            left -= len(os.read(r, left))
    while raises and left < 65536:
        left += len(os.read(r, 65536 - left))
    for raises in False, True:
        interrupted('read', io.open(r, 'rb', 0, closefd=False).read, 5)

print '- last words, with a thread that goes on'
child = subprocess.Popen([sys.executable, '-c', '''
import sys, threading, time
thread = threading.Thread(target=time.sleep, args=(60,))
thread.daemon = True
thread.start()
for i in xrange(30000):
    print i, "some text to fill a pipe with"
sys.stdout.write("end")
'''], stdout=subprocess.PIPE)
time.sleep(.3)
said = child.stdout.read()
print len(said), repr(said[-10:]), child.wait()
