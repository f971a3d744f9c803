# sys: what programs look at.
import sys
print sys.platform, sys.maxint, sys.maxunicode, sys.byteorder, sys.hexversion >> 16 == 0x0207, sys.version_info[:3], sys.version_info >= (2, 7), sys.version_info.major, sys.argv, sys.copyright[:13] if 0 else '', sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.api_version, sys.getcheckinterval(), sys.getrecursionlimit(), sys.dont_write_bytecode, sys.flags.optimize, sys.py3kwarning, sys.stdin.name, sys.stdout.name, sys.stderr.name, sys.float_repr_style
print sys.builtin_module_names.__class__, 'sys' in sys.builtin_module_names, sys.modules['sys'] is sys, sys.getrefcount([]), sys.exc_info(), sys.call_tracing(lambda a: a + 1, (4,)), sys._getframe().f_code.co_name, sys._getframe(0).f_lineno, sys.subversion[0], sys.long_info.bits_per_digit, sys.float_info.dig, sys.warnoptions, sys.meta_path, sys.path[0] != '', type(sys.path_hooks), sys.displayhook is sys.__displayhook__
sys.displayhook(5); sys.displayhook(None)
import __builtin__
print __builtin__._
for text in ('sys._getframe(1000)', 'sys._getframe("a")', 'sys.setcheckinterval("a")', 'sys.setrecursionlimit(-1)', 'sys.exit.x', 'sys.getsizeof()', 'sys.intern', 'sys.setdefaultencoding'):
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
