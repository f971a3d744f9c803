# Programs one after another, each new, whatever the one before has left; and forks between them.
import os
import subprocess
import sys

DIRTY = '''
import sys, gc
keep = [bytearray("\\xff" * 4096) for i in range(3000)]
sys.stderr = None
sys.setrecursionlimit(345)
def deep(n): return n and deep(n - 1)
deep(200)
keep.append({}.fromkeys(range(20000)))
'''
PROBE = '''
import sys
print sys.getrecursionlimit(), sys.argv, sum(len(bytearray(4096).strip("\\0")) for i in range(500)), [].__len__()
'''
for i in range(6):
    if i % 2:
        print subprocess.call([sys.executable, '-c', DIRTY])
    else:
        print subprocess.call([sys.executable, '-c', DIRTY + 'sys.exit(%d)' % i])
    print subprocess.Popen([sys.executable, '-c', PROBE, str(i)], stdout=subprocess.PIPE).communicate()[0],

# A fork copies what the process has at that moment, each time.
state = []
for i in range(8):
    state.append('x' * (i * 50000))
    pid = os.fork()
    if pid == 0:
        total = sum(map(len, state))
        state.append('child')
        os._exit(total % 251)
    print i, os.WEXITSTATUS(os.waitpid(pid, 0)[1]), sum(map(len, state)) % 251

# Several at once, that end in another order.
pids = {}
for i in range(5):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(w)
        os._exit(int(os.read(r, 10)) + len(state))
    os.close(r)
    pids[pid] = i, w
for pid in sorted(pids, key=lambda p: -pids[p][0]):
    os.write(pids[pid][1], str(pids[pid][0]))
    print pids[pid][0], os.WEXITSTATUS(os.waitpid(pid, 0)[1])

# One that dies by a signal, and one after it.
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), 9)
print os.waitpid(pid, 0)[1]
print subprocess.call([sys.executable, '-c', 'import os; os.abort()'])
print subprocess.Popen([sys.executable, '-c', PROBE, 'last'], stdout=subprocess.PIPE).communicate()[0],
