# A working folder whose name is no text.
import os

name = '\xe7w\xf0'
try:
    os.mkdir(name)
except OSError:
    os.mkdir('d')
    os.rename('d', name)
os.chdir(name)
print os.path.basename(os.getcwd()) == name
open('inside', 'w').write('x')
os.chdir('..')
print os.listdir(name)
fd = os.open(name, os.O_RDONLY)
os.fchdir(fd)
print os.path.basename(os.getcwd()) == name, os.path.exists('inside')
