# logging in depth
import logging, logging.handlers, sys, os, StringIO, warnings, traceback
logging.raiseExceptions = 1
root = logging.getLogger(); 
logging.warning('basic to stderr'); root.handlers = []
fh = logging.FileHandler('x.log', 'w', delay=True); fh.setFormatter(logging.Formatter('%(asctime)s|%(name)s|%(levelname)s|%(message)s|%(filename)s|%(module)s|%(lineno)d|%(funcName)s|%(processName)s', '%Y')); root.addHandler(fh); root.setLevel(logging.DEBUG)
def f(): logging.getLogger('a.b').info('in %s with %d%%', 'f', 5)
f(); logging.getLogger('a').debug({'d': 1}); logging.log(35, 'custom'); logging.addLevelName(35, 'NOTICE'); logging.log(35, 'custom2')
try: 1 / 0
except: logging.exception('exc %r', 'arg')
logging.error('with info', exc_info=False); root.removeHandler(fh); fh.close()
t = open('x.log').read(); print t.split('|', 1)[1]
a = logging.getLogger('a'); b = logging.getLogger('a.b'); print a.getEffectiveLevel(), b.parent is a, b.propagate, a.isEnabledFor(10), logging.getLevelName(10), logging.getLevelName('INFO'), logging.getLevelName(99), b.name, root.name, b
h = logging.StreamHandler(sys.stdout); h.setLevel('ERROR'); h.setFormatter(logging.Formatter('%(levelname)s:%(message)s')); a.addHandler(h); a.propagate = False
a.warning('no'); a.error('yes'); b.critical('yes b'); a.disabled = True; a.error('dis'); a.disabled = False; logging.disable(logging.ERROR); a.error('dis2'); a.critical('crit'); logging.disable(0)
mh = logging.handlers.MemoryHandler(10, target=h, flushLevel=logging.CRITICAL); m = logging.getLogger('mem'); m.propagate = 0; m.addHandler(mh); m.error('1'); m.error('2'); print 'before flush'; m.critical('3'); mh.close()
rh = logging.handlers.RotatingFileHandler('rot.log', maxBytes=30, backupCount=2); r = logging.getLogger('rot'); r.propagate = 0; r.addHandler(rh)
for i in range(6): r.error('message %d', i)
rh.close(); print sorted(x for x in os.listdir('.') if x.startswith('rot')), open('rot.log').read(), open('rot.log.1').read()
ad = logging.LoggerAdapter(a, {'ip': '1.2.3.4'}); h.setFormatter(logging.Formatter('%(ip)s %(message)s')); ad.error('adapted %s', 'x')
class L(logging.Logger):
    def trace(self, msg, *args): self.log(45, msg, *args)
logging.setLoggerClass(L); l = logging.getLogger('lc'); l.addHandler(h); l.propagate = 0; h.setFormatter(None); l.trace('traced %s', 1); logging.setLoggerClass(logging.Logger)
try: a.setLevel('NOPE')
except ValueError, e: print e
try: a.setLevel(1.5)
except TypeError, e: print e
try: logging.getLogger(5)
except TypeError, e: print e
import logging.config
open('lc.ini', 'w').write('[loggers]\nkeys=root,z\n[handlers]\nkeys=h1\n[formatters]\nkeys=f1\n[logger_root]\nlevel=DEBUG\nhandlers=h1\n[logger_z]\nlevel=ERROR\nhandlers=h1\npropagate=0\nqualname=z\n[handler_h1]\nclass=StreamHandler\nargs=(sys.stdout,)\nformatter=f1\n[formatter_f1]\nformat=CFG %(name)s %(message)s\n')
logging.config.fileConfig('lc.ini'); logging.getLogger('z').error('zz'); logging.getLogger('z').info('no'); logging.getLogger('other').info('root gets')
logging.config.dictConfig({'version': 1, 'formatters': {'f': {'format': 'D %(message)s'}}, 'handlers': {'c': {'class': 'logging.StreamHandler', 'stream': 'ext://sys.stdout', 'formatter': 'f', 'level': 'INFO'}}, 'loggers': {'dd': {'handlers': ['c'], 'propagate': False, 'level': 'DEBUG'}}})
logging.getLogger('dd').info('dict'); logging.getLogger('dd').debug('no')
try: logging.config.dictConfig({'version': 2})
except ValueError, e: print e
try: logging.config.dictConfig({'version': 1, 'handlers': {'c': {'class': 'nope.X'}}})
except ValueError, e: print e
logging.captureWarnings(True); logging.getLogger('py.warnings').addHandler(logging.StreamHandler(sys.stdout)); warnings.warn('captured', UserWarning); logging.captureWarnings(False)
x = logging.StreamHandler(sys.stdout); lg = logging.getLogger('bad'); lg.propagate = 0; lg.addHandler(x)
lg.error('%d', 'notint'); lg.error('%s %s', 'one'); lg.error('%(k)s', {'k': 'dictarg'}); lg.error(u'\xe9'); lg.error('\xff'); lg.error(u'%s', '\xc3\xa9')
nh = logging.getLogger('nohandlers'); root.handlers = []; nh.error('first'); nh.error('second')
print logging.root.manager.loggerDict.keys() != [], logging.BASIC_FORMAT; rec = logging.LogRecord('n', 20, '/p/f.py', 7, 'm %s', ('a',), None); print rec, rec.getMessage(), sorted(rec.__dict__)
print logging.makeLogRecord({'msg': 'q'}).getMessage(), logging.Formatter('%(levelname)-10s|').format(rec), logging.Formatter().formatTime(rec, '%H') != ''
