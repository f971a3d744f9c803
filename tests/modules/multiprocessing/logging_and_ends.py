# Finalizers, logging to stderr, exit of daemons, exceptions of children with tracebacks.
import logging
import multiprocessing
import sys
import time
from multiprocessing import util


def at_end(name):
    sys.stdout.write('finalized %s\n' % name)
    sys.stdout.flush()


def child():
    util.Finalize(None, at_end, args=('child',), exitpriority=1)


def fails():
    raise ZeroDivisionError('in the child')


class Thing(object):
    pass


if __name__ == '__main__':
    p = multiprocessing.Process(target=child, name='one')
    p.start()
    p.join()
    thing = Thing()
    f = util.Finalize(thing, at_end, args=('thing',))
    print f.still_active()
    del thing
    print f.still_active()
    util.Finalize(None, at_end, args=('main',), exitpriority=10)
    logger = multiprocessing.get_logger()
    print logger.name, logger.level, multiprocessing.SUBDEBUG
    sys.stdout.flush()
    log = multiprocessing.log_to_stderr(logging.WARNING)
    log.warning('a warning')
    p = multiprocessing.Process(target=fails, name='two')
    p.start()
    p.join()
    print p.exitcode
    p = multiprocessing.Process(target=time.sleep, args=(60,), name='three')
    p.daemon = True
    p.start()
    multiprocessing.freeze_support()
    print 'end of main'
