"""Prints, for each library file, a digest of its code object's marshal form.

Usage: digest.py LIB [PART OF A PATH ...]. Run by the reference when recording and by Krait when testing,
with -O and -OO too. A file that does not compile gives its exception instead.
"""
import hashlib
import marshal
import os
import sys
import warnings


def sources(lib):
    for folder, folders, files in os.walk(lib):
        folders.sort()
        for name in sorted(files):
            if name.endswith('.py'):
                yield os.path.relpath(os.path.join(folder, name), lib)


def digest(lib, path):
    with open(os.path.join(lib, path)) as f:
        source = f.read()
    try:
        code = compile(source + '\n', path, 'exec', 0, 1)
    except Exception as error:
        return '%s: %s' % (error.__class__.__name__, ' '.join(str(error).split()))
    return hashlib.sha1(marshal.dumps(code)).hexdigest()


def main(lib, parts):
    warnings.simplefilter('ignore')
    for path in sources(lib):
        if not parts or any(part in path for part in parts):
            print '%s\t%s' % (path, digest(lib, path))


main(sys.argv[1], sys.argv[2:])
