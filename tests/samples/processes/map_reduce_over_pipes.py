# map-reduce over pipes with pickled messages, ordered collection, error propagation
import os, sys, cPickle, struct, traceback, select
def send(fd, obj):
    s = cPickle.dumps(obj, 2); s = struct.pack('!I', len(s)) + s
    while s: s = s[os.write(fd, s):]
def recv(fd):
    def exactly(n):
        out = ''
        while len(out) < n:
            d = os.read(fd, n - len(out))
            if not d: raise EOFError
            out += d
        return out
    return cPickle.loads(exactly(struct.unpack('!I', exactly(4))[0]))
class Worker(object):
    def __init__(self, fn, others=()):
        a, b = os.pipe(); c, d = os.pipe()
        sys.stdout.flush(); self.pid = os.fork()
        if self.pid == 0:
            os.close(b); os.close(c)
            for o in others: os.close(o.w); os.close(o.r)
            try:
                while 1:
                    job = recv(a)
                    try: send(d, (job[0], True, fn(*job[1:])))
                    except Exception, e: send(d, (job[0], False, (type(e).__name__, str(e), traceback.format_exc().splitlines()[-1])))
            except EOFError: os._exit(0)
        os.close(a); os.close(d); self.w, self.r = b, c
    def close(self): os.close(self.w); os.close(self.r); return os.waitpid(self.pid, 0)[1]
def pmap(fn, args, n=3):
    ws = []
    for i in range(n): ws.append(Worker(fn, ws))
    todo = list(enumerate(args)); res = {}; byfd = dict((w.r, w) for w in ws)
    for w in ws:
        if todo: send(w.w, todo.pop(0))
    pending = min(n, len(args))
    while pending:
        for fd in select.select(list(byfd), [], [])[0]:
            k, ok, v = recv(fd); res[k] = v if ok else 'ERR %s: %s | %s' % v; pending -= 1
            if todo: send(byfd[fd].w, todo.pop(0)); pending += 1
    print [w.close() for w in ws]
    return [res[i] for i in range(len(args))]
def count(text): 
    d = {}
    for w in text.split(): d[w] = d.get(w, 0) + 1
    return d
docs = ['a b a', 'b c', '', 'a a a c'] * 5
tot = {}
for d in pmap(count, docs):
    for k in d: tot[k] = tot.get(k, 0) + d[k]
print sorted(tot.items())
print pmap(lambda x: 10 / (x - 2), range(5)); print pmap(lambda n: 'x' * n, [1, 100000, 5])[1][:3]
print [len(x) for x in pmap(lambda n: 'y' * n, [70000, 200000, 0, 65536, 65537])]
