# subprocess all forms
import subprocess, sys, os, signal, time
from subprocess import Popen, PIPE, STDOUT, call, check_call, check_output, CalledProcessError
print check_output(['echo', 'a b']), repr(check_output('echo $((1+2)); echo err >&2', shell=True, stderr=STDOUT))
for a in (['false'], ['sh', '-c', 'exit 42'], 'kill -TERM $$'):
    try: check_call(a, shell=isinstance(a, str))
    except CalledProcessError, e: print e, e.returncode, e.cmd, e.output
try: check_output('echo partial; exit 2', shell=True)
except CalledProcessError, e: print repr(e.output), e, repr(e)
p = Popen(['cat'], stdin=PIPE, stdout=PIPE); print p.communicate('x' * 200000)[0] == 'x' * 200000, p.returncode, p.poll(), p.wait()
p = Popen('cat >&2; echo out', shell=True, stdin=PIPE, stdout=PIPE, stderr=PIPE); print p.communicate('to stderr\n'), p.returncode
p = Popen(['sleep', '5']); print p.poll(), p.returncode; p.terminate(); print p.wait(), p.poll()
p = Popen(['sleep', '5']); p.kill(); print p.wait()
try: p.send_signal(9)
except OSError, e: print e
p = Popen(['sh', '-c', 'trap "echo got; exit 7" USR1; echo ready; while :; do sleep 0.05; done'], stdout=PIPE)
print p.stdout.readline(),; p.send_signal(signal.SIGUSR1); print p.communicate(), p.returncode
for a in (['nonexistent'], '/nonexistent/x', ['/etc/passwd'], ['/tmp']):
    try: Popen(a)
    except OSError, e: print e.errno, e, e.filename
try: Popen(['true'], cwd='/nonexistent')
except OSError, e: print e
try: Popen(['true'], bufsize='x')
except TypeError, e: print e
try: check_output('x', stdout=1)
except ValueError, e: print e
print check_output('pwd; echo $FOO $BAR', shell=True, cwd='/', env={'FOO': 'foo'})
def pre(): os.umask(077); os.write(1, 'pre\n')
print check_output('umask', shell=True, preexec_fn=pre)
def prebad(): raise ValueError('in child')
try: Popen(['true'], preexec_fn=prebad)
except ValueError, e: print 'ValueError', e, hasattr(e, 'child_traceback'), e.child_traceback.splitlines()[-1]
r, w = os.pipe()
print call('echo x >&%d' % w, shell=True, stderr=open('/dev/null', 'w')), call('echo x >&%d' % w, shell=True, close_fds=True, stderr=open('/dev/null', 'w'))
p1 = Popen(['printf', 'c\\nb\\na\\n'], stdout=PIPE); p2 = Popen(['sort'], stdin=p1.stdout, stdout=PIPE); p1.stdout.close(); print p2.communicate()[0].split(), p1.wait()
p = Popen(['sh', '-c', 'read x; echo got $x; read y; echo got $y'], stdin=PIPE, stdout=PIPE, bufsize=1)
p.stdin.write('one\n'); p.stdin.flush(); print p.stdout.readline(),; p.stdin.write('two\n'); p.stdin.close(); print p.stdout.read(), p.wait()
p = Popen('printf "a\\r\\nb\\rc\\n"', shell=True, stdout=PIPE, universal_newlines=True); print repr(p.communicate()[0])
f = open('o.txt', 'w+'); call(['echo', 'to file'], stdout=f); call(['echo', 'more'], stdout=f.fileno()); f.seek(0); print f.read()
print Popen.__name__, subprocess.list2cmdline(['a b', 'c"d', 'e\\', '']), sorted(subprocess.__all__)
p = Popen([sys.executable, '-c', 'import sys; sys.stdout.write("O"*70000); sys.stderr.write("E"*70000); sys.exit(3)'], stdout=PIPE, stderr=PIPE)
o, e = p.communicate(); print len(o), len(e), p.returncode
p = Popen(['true'], stdin=PIPE); time.sleep(0.1)
try: p.communicate('x' * 100000); print 'ok'
except (OSError, IOError), e: print type(e).__name__, e
try: print call(['sh', '-c', 'kill -STOP $$; exit 1'], stdout=open('/dev/null')) if 0 else 'skip'
finally: print 'fin'
print call(['cat'], stdin=open('o.txt')), call('cat', stdin=open('/dev/null'), shell=True)
