# What cannot be run, and why.
import os

open('f', 'w').close()
os.symlink('loop', 'loop')
os.mkdir('d')
open('script', 'w').write('#!/nowhere/x\n')
os.chmod('script', 0755)
for path in ['nothing', 'f', 'f/x', 'loop', 'loop/x', 'd', 'd/nothing', 'script', '', '/nowhere/to/be/found']:
    try:
        os.execv(path, ['x'])
    except OSError as e:
        print repr(path), e.errno, e.strerror
