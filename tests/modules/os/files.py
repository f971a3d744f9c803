# os: files and folders, stat, environment, errors with numbers.
import os, errno, stat
os.mkdir('d'); os.makedirs('e/f/g'); open('d/file', 'w').write('data')
print sorted(os.listdir('.')), os.path.isdir('d'), os.path.getsize('d/file'), stat.S_ISDIR(os.stat('d').st_mode), os.stat('d/file').st_size, os.access('d', os.R_OK), os.path.exists('zz'), os.rename('d/file', 'd/new'), os.listdir('d'), os.path.basename(os.getcwd()) != '', [(p, sorted(d), f) for p, d, f in os.walk('e')]
os.symlink('d/new', 'link'); print os.readlink('link'), os.path.islink('link'), os.lstat('link').st_size, open('link').read(), os.path.realpath('link') == os.path.join(os.getcwd(), 'd/new')
os.utime('d/new', (1e9, 1e9)); print os.stat('d/new').st_mtime, os.path.getmtime('d/new'), os.stat('d/new')[8], os.chmod('d/new', 0600), oct(os.stat('d/new').st_mode)
fd = os.open('raw', os.O_RDWR | os.O_CREAT, 0644); print os.write(fd, 'abcdef'), os.lseek(fd, 2, 0), os.read(fd, 2), os.fstat(fd).st_size, os.ftruncate(fd, 3), os.isatty(fd), os.close(fd), open('raw').read()
r, w = os.pipe(); print os.write(w, 'through'), os.read(r, 100), os.close(w), repr(os.read(r, 1)), os.close(r)
with os.fdopen(os.open('raw', os.O_RDONLY)) as f: print f.read(), f.name
os.environ['NEW'] = 'v'; print os.getenv('NEW'), os.environ.get('nope'), os.path.expandvars('$NEW/x'), os.environ.pop('NEW'), 'NEW' in os.environ
os.chdir('e'); print os.listdir('.'), os.path.relpath('f/../f'), os.curdir, os.sep, os.linesep == '\n', os.name, os.path.join('a', '/b', 'c'), os.path.splitext('a.b.c'), os.path.normpath('a//b/../c'), os.path.split('/a/b'), os.path.commonprefix(['abc', 'abd']), os.path.abspath('x').endswith('/e/x'); os.chdir('..')
os.remove('link'); os.unlink('raw'); os.rmdir('e/f/g'); os.removedirs('e/f')
print os.path.exists('e'), os.strerror(2), os.umask(022) >= 0, type(os.getpid()), os.getcwdu() == os.getcwd(), os.urandom(4) != os.urandom(4) or 1, len(os.urandom(5)), os.tempnam if 0 else '', os.devnull
for text in ('os.mkdir("d")', 'os.rmdir("d")', 'os.remove("nope")', 'os.listdir("nope")', 'os.stat("nope")', 'os.open("nope", os.O_RDONLY)', 'os.close(999)', 'os.read(999, 1)', 'os.rename("nope", "x")', 'os.chdir("d/new")', 'os.readlink("d")', 'os.rmdir("d/new")', 'os.mkdir("x/y/z")', 'os.stat(5)', 'os.stat("a\\0b")', 'os.listdir(u"nope")', 'os.chmod("nope", 0)', 'os.fdopen(999)', 'os.unlink("d")', 'os.lseek(0, "a", 0)', 'os.write(1, u"\\xe9")', 'os.getenv(5)', 'os.putenv("a")', 'os.utime("nope", None)', 'os.read(0, -1)'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
print errno.ENOENT, errno.errorcode[2], os.listdir(u'd'), os.stat('d') == os.stat('d'), len(os.stat('d')), os.times()[4] > 0, os.getuid() >= 0, os.uname()[0]
