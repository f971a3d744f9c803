# old interfaces: os.system, os.popen*, popen2, commands, pipes
import os, sys, warnings
warnings.simplefilter('ignore')
import popen2, commands, pipes
sys.stdout.flush()
print os.system('echo hi; exit 3') >> 8, os.system('true'), os.system('kill -9 $$')
f = os.popen('echo out; exit 4'); print f.read(), f.close()
f = os.popen('exit 0'); print repr(f.read()), f.close()
f = os.popen('cat > pop.txt; exit 2', 'w', 1); f.write('data\n'); print f.close(), open('pop.txt').read()
print list(os.popen('printf "1\\n2\\n"'))
i, o = os.popen2('tr a-z A-Z'); i.write('up\n'); i.close(); print o.read(), o.close()
i, o, e = os.popen3(['sh', '-c', 'cat; echo err >&2']); i.write('in\n'); i.close(); print o.read(), e.read()
i, o = os.popen4('echo a; echo b >&2'); print sorted(o.read().split())
o, i = popen2.popen2('cat'); i.write('p2'); i.close(); print o.read()
p = popen2.Popen3('exit 5', True); print p.wait() >> 8, p.poll() >> 8, p.childerr.read()
p = popen2.Popen4(['echo', 'four']); print p.fromchild.read(), p.wait()
print commands.getoutput('echo x; echo y >&2'), commands.getstatusoutput('exit 7'), commands.getstatusoutput('echo "a  b"; false'), commands.getstatus.__doc__ is not None, commands.mkarg("it's")
print pipes.quote('a b'), pipes.quote("it's"), pipes.quote(''), pipes.quote('safe_1.txt')
t = pipes.Template(); t.append('tr a-z A-Z', '--'); t.append('sort', '--'); t.prepend('cat $IN', 'f-')
f = open('in.txt', 'w'); f.write('b\na\n'); f.close()
print t.copy('in.txt', 'out.txt'), open('out.txt').read(); print t.open('in.txt', 'r').read() if 0 else t
t = pipes.Template(); t.append('rev', '--'); w = t.open('rev.txt', 'w'); w.write('abc\n'); w.close(); print open('rev.txt').read()
try: t.append('x', 'zz')
except ValueError, e: print e
try: t.append(3, '--')
except TypeError, e: print e
try: os.popen('x', 'q')
except (OSError, ValueError), e: print type(e).__name__, e
f = os.popen('echo a; sleep 0.05; echo b'); print [l for l in f], f.close()
f = os.popen('kill -15 $$'); print f.close()
