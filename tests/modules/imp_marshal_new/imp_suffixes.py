# The kinds of files that imports look for, and load_dynamic without such a file.
import imp

print imp.get_suffixes()
print imp.C_EXTENSION, imp.load_dynamic.__name__
open('empty.so', 'w').close()
open('text.so', 'w').write('no library\n' * 20)
for args in [(), ('x',), ('x', '/nonexistent/x.so'), ('x', 'empty.so'), ('x', './text.so'), ('x', '/tmp'),
             (1, 2), ('x', 'text.so', 5), ('x', 'text.so', open('text.so')), (1, 2, 3, 4)]:
    try:
        print imp.load_dynamic(*args)
    except Exception, e:
        print type(e).__name__, e
