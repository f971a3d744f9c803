# warnings: filters, categories, once per place, as errors, to stderr format.
import warnings, sys
sys.stderr = sys.stdout
def f(): warnings.warn('from f', stacklevel=2)
for i in range(2): f()
f()
warnings.warn('user', UserWarning); warnings.warn(RuntimeWarning('instance'))
warnings.warn('deprecated', DeprecationWarning)
warnings.simplefilter('always'); warnings.warn('deprecated', DeprecationWarning)
warnings.simplefilter('error')
try:
    warnings.warn('now an error')
except UserWarning as e:
    print repr(e)
warnings.resetwarnings()
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    warnings.warn('recorded', SyntaxWarning)
    eval('1 <> 2'); exec 'assert (1, "x")'
    print [(str(w.message), w.category.__name__) for w in log]
warnings.filterwarnings('ignore', 'quiet.*'); warnings.warn('quiet please'); warnings.warn_explicit('explicit', UserWarning, 'file.py', 7)
print warnings.formatwarning('m', UserWarning, 'f.py', 3, 'line'),
for text in ('warnings.warn()', 'warnings.warn("a", 5)', 'warnings.warn("a", int)', 'warnings.filterwarnings("bad")', 'warnings.simplefilter("error", 5)', 'warnings.warn("x", stacklevel="a")'):
    try:
        eval(text)
    except Exception as e:
        print text, type(e).__name__, e
