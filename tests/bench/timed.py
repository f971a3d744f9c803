# Runs a program and writes the seconds that it took, start-up not counted, to standard error.
import sys
import time

path = sys.argv[1]
sys.argv[:] = [path]
code = compile(open(path).read(), path, 'exec')
names = {'__name__': '__main__', '__file__': path}
started = time.time()
exec code in names
sys.stderr.write('%.6f\n' % (time.time() - started))
