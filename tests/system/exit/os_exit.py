# os._exit ends at once: no flushing, no exit functions.
import atexit, os, sys
atexit.register(sys.stdout.write, 'never\n')
sys.stdout.write('flushed\n'); sys.stdout.flush()
sys.stdout.write('lost\n')
os._exit(7)
