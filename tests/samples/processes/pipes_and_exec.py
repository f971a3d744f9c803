# pipes, dup2, exec
import os, sys
def pipeline(*cmds):
    prev = None; pids = []
    for i, c in enumerate(cmds):
        last = i == len(cmds) - 1
        r, w = os.pipe()
        pid = os.fork()
        if not pid:
            if prev is not None: os.dup2(prev, 0); os.close(prev)
            os.dup2(w, 1); os.close(r); os.close(w)
            try: os.execvp(c[0], c)
            except OSError, e: os.write(2, '%s\n' % e); os._exit(127)
        os.close(w)
        if prev is not None: os.close(prev)
        prev = r; pids.append(pid)
    out = ''
    while 1:
        d = os.read(prev, 7)
        if not d: break
        out += d
    os.close(prev)
    return out, [os.waitpid(p, 0)[1] for p in pids]
print pipeline(['echo', 'hello world'], ['tr', 'a-z', 'A-Z'])
print pipeline(['printf', 'b\\na\\nc\\n'], ['sort'], ['head', '-2'])
print pipeline(['nonexistent-cmd', 'x'])[1]
print pipeline(['sh', '-c', 'exit 3'], ['sh', '-c', 'cat; exit 4'])
r, w = os.pipe()
pid = os.fork()
if not pid:
    os.close(r); f = os.fdopen(w, 'w'); print >>f, 'line one'; f.write('line two\n' * 3); f.close(); os._exit(0)
os.close(w); f = os.fdopen(r); print f.readline(), f.readlines(), f.closed, repr(f)[:20]; f.close(); print os.waitpid(pid, 0)[1]
r, w = os.pipe(); os.close(r)
import signal
try: os.write(w, 'x')
except OSError, e: print e
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
sys.stdout.flush()
pid = os.fork()
if not pid: os.write(w, 'x'); os._exit(1)
print os.waitpid(pid, 0)[1]
for f in (lambda: os.read(999, 1), lambda: os.write(999, ''), lambda: os.dup(999), lambda: os.dup2(999, 3), lambda: os.close(999), lambda: os.fdopen(999), lambda: os.fstat(999), lambda: os.lseek(r, 0, 0), lambda: os.isatty(999), lambda: os.ttyname(w)):
    try: print f()
    except (OSError, IOError), e: print type(e).__name__, e
pid = os.fork()
if not pid: os.execve('/bin/sh', ['mysh', '-c', 'echo $0 $A $#; exit 5', 'arg0', 'x'], {'A': 'env a'})
print os.waitpid(pid, 0)[1]
pid = os.fork()
if not pid: os.execl('/bin/echo', 'echo', 'via', 'execl')
os.waitpid(pid, 0)
pid = os.fork()
if not pid: os.execlpe('sh', 'sh', '-c', 'echo $Q', {'Q': 'qq', 'PATH': '/bin:/usr/bin'})
os.waitpid(pid, 0)
print os.spawnlp(os.P_WAIT, 'sh', 'sh', '-c', 'exit 6'), os.spawnv(os.P_WAIT, '/bin/sh', ['sh', '-c', 'kill -9 $$'])
p = os.spawnl(os.P_NOWAIT, '/bin/true', 'true'); print os.waitpid(p, 0)[1]
for a in (('/nonexistent', ['x']), ('/etc', ['x']), ('/bin/sh', [])):
    try: os.execv(*a)
    except (OSError, ValueError), e: print type(e).__name__, e
os.execlp('echo', 'echo', 'last')
