# ping-pong, ring of processes, token passing, barrier by pipes, semaphores by pipe tokens
import os, sys, time
def ring(n, laps):
    pipes = [os.pipe() for i in range(n)]; pids = []
    for i in range(n):
        sys.stdout.flush(); pid = os.fork()
        if pid == 0:
            rd, wr = pipes[i][0], pipes[(i + 1) % n][1]
            for k, (a, b) in enumerate(pipes):
                if a != rd: os.close(a)
                if b != wr: os.close(b)
            f, g = os.fdopen(rd, 'r', 0), os.fdopen(wr, 'w', 0)
            while 1:
                line = f.readline()
                if not line: os._exit(0)
                v, left = map(int, line.split())
                if left == 0:
                    try: g.write('%d 0\n' % v)
                    except IOError: pass
                    if i == 0: out.write('final %d\n' % v); out.flush()
                    os._exit(0)
                g.write('%d %d\n' % (v + i, left - 1))
        pids.append(pid)
    os.write(pipes[0][1], '0 %d\n' % laps)
    for a, b in pipes: os.close(a); os.close(b)
    return [os.waitpid(p, 0)[1] for p in pids]
out = sys.stdout
print ring(4, 40), ring(1, 5)
r, w = os.pipe(); r2, w2 = os.pipe()
sys.stdout.flush()
if os.fork() == 0:
    os.close(w); os.close(r2)
    while 1:
        d = os.read(r, 1)
        if not d: os._exit(0)
        os.write(w2, chr(ord(d) + 1))
os.close(r); os.close(w2); c = 'a'
for i in range(20): os.write(w, c); c = os.read(r2, 1)
print c; os.close(w); print os.wait()[1], repr(os.read(r2, 1))
tok_r, tok_w = os.pipe(); os.write(tok_w, 'tt'); log_r, log_w = os.pipe(); pids = []
for i in range(5):
    sys.stdout.flush(); pid = os.fork()
    if pid == 0:
        t = os.read(tok_r, 1); os.write(log_w, '+'); time.sleep(0.02); os.write(log_w, '-'); os.write(tok_w, t); os._exit(0)
    pids.append(pid)
for p in pids: os.waitpid(p, 0)
log = os.read(log_r, 100); d = m = 0
for ch in log: d += 1 if ch == '+' else -1; m = max(m, d)
print len(log), d, m <= 2
big_r, big_w = os.pipe(); sys.stdout.flush()
if os.fork() == 0:
    os.close(big_r); data = 'z' * 1000000; n = 0
    while n < len(data): n += os.write(big_w, data[n:n + 300000])
    os._exit(0)
os.close(big_w); total = 0; sizes = set()
while 1:
    d = os.read(big_r, 1 << 20)
    if not d: break
    total += len(d); sizes.add(len(d) <= 65536)
print total, sizes, os.wait()[1]
