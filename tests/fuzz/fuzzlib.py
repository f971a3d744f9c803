# What the fuzzers share: cases drawn from a seed, a log of the case at hand, a time limit, mutations.
# A fuzzer is NAME.py SEED SECONDS [FIRST]: case number n draws from Random(SEED, n) alone, so that a case that
# failed runs again with FIRST = n (or, when it needs what earlier cases left, with the same SEED). What the
# case does is written to the file `case` before it is done: when the interpreter dies, that is the report.
import os, random, signal, sys, time, traceback

# Kept where no case closes them by a small number.
OUT, ERR, LOG = 201, 202, 203
os.dup2(1, OUT), os.dup2(2, ERR)

class TimeOut(BaseException):
    pass

def _alarm(*_):
    # Again soon: mutated code may catch what is raised here, and loop on.
    if not _alarm.on:
        return
    _alarm.left -= 1
    if _alarm.left < 0:
        os._exit(0)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    raise TimeOut

def note(text, fd=[]):
    if not fd:
        os.dup2(os.open('case', os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0600), LOG)
        fd += [LOG, 0]
    if fd[1] > 1 << 24:
        os.ftruncate(fd[0], 0)
        fd[1] = 0
    if isinstance(text, unicode):
        text = text.encode('utf-8')
    fd[1] += os.write(fd[0], text + '\n')

def run(case, limit=2.0):
    try:
        _run(case, limit)
    except:
        os.write(ERR, traceback.format_exc())
        os._exit(3)

def _run(case, limit):
    """Calls case(rng, n) again and again until the time is up. limit: seconds for one case."""
    seed, seconds = int(sys.argv[1]), float(sys.argv[2])
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    end = time.time() + seconds
    clock = time.time
    signal.signal(signal.SIGALRM, _alarm)
    done = 0
    while done == 0 or clock() < end:
        note('== %d' % n)
        _alarm.left = 40
        _alarm.on = True
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            try:
                case(random.Random(seed * 1000003 + n), n)
            except:
                pass
            _alarm.on = False
        except TimeOut:
            pass
        _alarm.on = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.exc_clear()
        n += 1
        done += 1
    os.write(OUT, '%d cases\n' % done)
    os._exit(0)

INTERESTING = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 129, 192, 200, 250, 251, 252, 253, 254, 255]

def mutate(rng, data, splice=None):
    """data (str) with some bytes changed, left out, doubled, or taken from another."""
    data = bytearray(data)
    for _ in xrange(rng.choice((1, 1, 1, 2, 3, 5, 9))):
        n = len(data)
        how = rng.randrange(9)
        if n == 0 or how == 0:
            data.insert(rng.randrange(n + 1), rng.choice(INTERESTING))
            continue
        at = rng.randrange(n)
        if how == 1:
            data[at] = rng.randrange(256)
        elif how == 2:
            data[at] = rng.choice(INTERESTING)
        elif how == 3:
            data[at] ^= 1 << rng.randrange(8)
        elif how == 4:
            del data[at:at + rng.choice((1, 1, 2, 4, 9))]
        elif how == 5:
            end = min(n, at + rng.randrange(1, 12))
            to = rng.randrange(n)
            data[to:to] = data[at:end]
        elif how == 6:
            word = rng.choice(('\xff\xff\xff\xff', '\xff\xff\xff\x7f', '\0\0\0\x80', '\0\0\0\0', '\x01\0\0\0', '\0\0\1\0'))
            data[at:at + 4] = word
        elif how == 7:
            del data[at:]
        elif splice:
            other = rng.choice(splice)
            if other:
                cut = rng.randrange(len(other))
                data[at:at + rng.choice((0, 1, 4, 8))] = other[cut:cut + rng.randrange(1, 20)]
    return str(data)
