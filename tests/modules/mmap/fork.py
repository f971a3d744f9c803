# What processes share: MAP_SHARED is one memory, MAP_PRIVATE a copy for each.
import mmap
import os
import struct

shared, private = mmap.mmap(-1, 8192), mmap.mmap(-1, 16, mmap.MAP_PRIVATE)
with open('f', 'wb') as f:
    f.write('0123456789')
f = open('f', 'r+b')
mapped = mmap.mmap(f.fileno(), 0)
shared[0:3] = private[0:3] = 'abc'


def child(run):
    pid = os.fork()
    if pid == 0:
        run()
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def change():
    shared[1] = 'X'
    shared.seek(4096)
    shared.write('far')
    shared.move(8000, 4096, 3)
    private[1] = 'X'
    mapped[0] = 'F'


print child(change), shared[0:3], private[0:3], shared[8000:8003], shared.find('far')
print mapped[:], shared.tell()


def pack():
    struct.pack_into('<i', shared, 100, 0x44434241)
    shared[0]


print child(pack), shared[100:104]
# A buffer sees the other's changes at each look.
view = buffer(shared, 0, 3)
print child(lambda: shared.__setitem__(0, 'Z')), str(view)

# Two processes in turn, without a lock: each waits for the other's byte.
turns = mmap.mmap(-1, 1)


def play():
    for i in range(50):
        while ord(turns[0]) != 2 * i + 1:
            pass
        turns[0] = chr(2 * i + 2)


pid = os.fork()
if pid == 0:
    play()
    os._exit(0)
for i in range(50):
    turns[0] = chr(2 * i + 1)
    while ord(turns[0]) != 2 * i + 2:
        pass
print os.waitpid(pid, 0)[1], ord(turns[0])
mapped.close()
print open('f').read()
