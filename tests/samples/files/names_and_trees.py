# os.* file ops & errors
import os, stat, errno, shutil, glob, sys, time
os.makedirs('a/b/c'); open('a/f1', 'w').write('x' * 10); open('a/b/f2.txt', 'w').write('y'); os.symlink('f1', 'a/link'); os.symlink('nowhere', 'a/dangling'); os.link('a/f1', 'a/hard')
for root, ds, fs in os.walk('a'): ds.sort(); print root, ds, sorted(fs)
for root, ds, fs in os.walk('a', topdown=False): print root, sorted(ds), sorted(fs)
st = os.stat('a/f1'); print st.st_size, st.st_nlink, stat.S_ISREG(st.st_mode), oct(stat.S_IMODE(st.st_mode)), stat.S_ISLNK(os.lstat('a/link').st_mode), os.path.islink('a/link'), os.path.exists('a/dangling'), os.path.lexists('a/dangling'), os.readlink('a/link'), os.path.samefile('a/f1', 'a/hard')
def t(f, *a, **k):
    try: print f.__name__, f(*a, **k)
    except Exception, e: print f.__name__, type(e).__name__, e, getattr(e, 'filename', None)
t(os.mkdir, 'a'); t(os.rmdir, 'a'); t(os.rmdir, 'nope'); t(os.remove, 'a'); t(os.unlink, 'nope'); t(os.rename, 'nope', 'x'); t(os.listdir, 'nope'); t(os.listdir, 'a/f1'); t(os.open, 'nope', os.O_RDONLY); t(open, 'nope'); t(open, 'a'); t(open, 'a', 'w'); t(open, 'a/f1/x'); t(os.readlink, 'a/f1'); t(os.symlink, 'x', 'a/f1'); t(os.link, 'nope', 'y'); t(os.chmod, 'nope', 0); t(os.stat, 'a/dangling'); t(os.makedirs, 'a/b'); t(os.removedirs, 'a/b'); t(os.chdir, 'a/f1'); t(os.utime, 'nope', None); t(os.access, 'nope', 0); t(os.rename, 'a', 'a/b/x'); t(os.stat, 'a\0b'); t(open, 'a\0b'); t(os.mkdir, ''); t(os.stat, 5); t(os.rename, 'a/f1'); t(os.open, 'a/f1', os.O_CREAT | os.O_EXCL); t(open, 'a/f1', 'q'); t(open, 'a/f1', ''); t(os.truncate, 1) if hasattr(os, 'truncate') else None; t(os.pathconf, 'a', 'PC_NAME_MAX')
os.chmod('a/f1', 0640); print oct(os.stat('a/f1').st_mode), os.access('a/f1', os.R_OK), os.access('a/f1', os.X_OK)
os.utime('a/f1', (1000000000, 1234567890.5)); st = os.stat('a/f1'); print st.st_mtime, st.st_atime, st[8], os.path.getmtime('a/f1'), time.ctime(st[8]) != ''
os.rename('a/f1', 'a/b/f2.txt'); print open('a/b/f2.txt').read(), os.stat('a/hard').st_nlink, os.path.exists('a/f1')
print sorted(glob.glob('a/*')), sorted(glob.glob('a/[hl]*')), glob.glob('nope*'), list(glob.iglob('*/b/*.txt')), glob.glob('a/?/'), glob.glob('a/.*')
shutil.copytree('a', 'copy', symlinks=True); print sorted(os.listdir('copy')), os.path.islink('copy/dangling')
try: shutil.copytree('a', 'copy2')
except shutil.Error, e: print 'shutil.Error', e
try: shutil.copytree('a', 'copy')
except OSError, e: print e
shutil.copy('a/hard', 'copied'); shutil.copy2('a/hard', 'copy/b'); shutil.move('copied', 'a/b'); print sorted(os.listdir('a/b')), oct(os.stat('a/b/copied').st_mode)
try: shutil.copyfile('a/hard', 'a/hard')
except shutil.Error, e: print e
try: shutil.move('a', 'a/b')
except shutil.Error, e: print e
print shutil.ignore_patterns('*.txt', 'h*')('x', ['a.txt', 'hard', 'z']) == set(['a.txt', 'hard'])
errs = []; shutil.rmtree('nope', onerror=lambda f, p, e: errs.append((f.__name__, p, e[0].__name__))); print errs
shutil.rmtree('nope', ignore_errors=True)
try: shutil.rmtree('nope')
except OSError, e: print e
shutil.rmtree('copy'); print os.path.exists('copy'); shutil.make_archive('arch', 'zip', 'a'); print sorted(glob.glob('arch*'))
f = open('un', 'w+'); f.write('data'); os.unlink('un'); f.seek(0); print f.read(), os.path.exists('un'), os.fstat(f.fileno()).st_nlink
for p in ('a//b/../c', '/', '', '.', 'a/./b/', '//x', '///x', '../..', '/..'): print repr(os.path.normpath(p)), os.path.split(p), os.path.splitext(p), os.path.dirname(p), os.path.basename(p),
print; print os.path.join('a', '/b', 'c'), os.path.join('a', ''), os.path.commonprefix(['/usr/lib', '/usr/local']), os.path.relpath('/a/b', '/a/c'), os.path.relpath('a', 'a'), os.path.expanduser('~nouser/x'), os.path.expandvars('$NOPE ${NOPE} $$'), os.path.splitdrive('c:/x'), os.path.isabs('/x')
os.umask(022); fd = os.open('m', os.O_CREAT | os.O_WRONLY, 0666); print oct(os.fstat(fd).st_mode), os.write(fd, 'abc'), os.lseek(fd, 10, os.SEEK_SET), os.write(fd, 'z'), os.fstat(fd).st_size; os.ftruncate(fd, 2); os.close(fd); print repr(open('m').read()), os.path.getsize('m')
os.chdir('a/b'); print os.path.basename(os.getcwd()), os.getcwdu() == os.getcwd().decode(), type(os.listdir(u'.')[0]), os.curdir, os.pardir, os.sep, os.extsep, os.pathsep, os.linesep == '\n', os.devnull, os.name
