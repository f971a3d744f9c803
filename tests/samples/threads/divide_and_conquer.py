# matrix multiplication + merge sort + word count with threads
import threading, random
random.seed(11)
A = [[random.randint(0, 9) for j in range(12)] for i in range(10)]; B = [[random.randint(0, 9) for j in range(8)] for i in range(12)]
C = [[0] * 8 for i in range(10)]
def row(i):
    for j in range(8): C[i][j] = sum(A[i][k] * B[k][j] for k in range(12))
ts = [threading.Thread(target=row, args=(i,)) for i in range(10)]; map(threading.Thread.start, ts); map(threading.Thread.join, ts)
print '\n'.join(' '.join('%4d' % x for x in r) for r in C)
def merge(a, b):
    r = []; i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]: r.append(a[i]); i += 1
        else: r.append(b[j]); j += 1
    return r + a[i:] + b[j:]
def msort(l, out, depth=0):
    if len(l) < 2: out.extend(l); return
    m = len(l) // 2; x, y = [], []
    if depth < 3:
        t = [threading.Thread(target=msort, args=(l[:m], x, depth + 1)), threading.Thread(target=msort, args=(l[m:], y, depth + 1))]
        for k in t: k.start()
        for k in t: k.join()
    else: msort(l[:m], x, depth + 1); msort(l[m:], y, depth + 1)
    out.extend(merge(x, y))
L = [random.randint(0, 1000) for i in range(500)]; o = []; msort(L, o); print o == sorted(L), o[:10]
text = '''the quick brown fox jumps over the lazy dog the end of the fox'''.split()
from collections import Counter, defaultdict
def wc(ws, out): out.append(Counter(ws))
outs = []; ts = [threading.Thread(target=wc, args=(text[i::3], outs)) for i in range(3)]; map(threading.Thread.start, ts); map(threading.Thread.join, ts)
print sorted(sum(outs, Counter()).items(), key=lambda kv: (-kv[1], kv[0]))[:5]
