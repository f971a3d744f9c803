# a mini shell: pipelines, redirections, &&, ||, background, cd, variables
import os, sys, shlex, re, signal
class Shell(object):
    def __init__(self): self.status = 0; self.jobs = []
    def expand(self, w): return re.sub(r'\$(\w+|\?)', lambda m: str(self.status) if m.group(1) == '?' else os.environ.get(m.group(1), ''), w)
    def run_line(self, line):
        for chunk in line.split(';'):
            ok = True
            for op, part in re.findall(r'(&&|\|\|)?\s*([^&|]+(?:\|(?!\|)[^&|]+)*&?(?!&))', chunk):
                if not part.strip(): continue
                if op == '&&' and self.status != 0: continue
                if op == '||' and self.status == 0: continue
                self.pipeline(part.strip())
    def pipeline(self, text):
        bg = text.endswith('&'); text = text.rstrip('&').strip()
        cmds = [shlex.split(self.expand(c)) for c in text.split('|')]
        if len(cmds) == 1 and cmds[0][0] in ('cd', 'export', 'exit'):
            return self.builtin(cmds[0])
        prev, pids = None, []
        for i, argv in enumerate(cmds):
            r = w = None
            if i < len(cmds) - 1: r, w = os.pipe()
            sys.stdout.flush(); pid = os.fork()
            if pid == 0:
                try:
                    if prev is not None: os.dup2(prev, 0); os.close(prev)
                    if w is not None: os.dup2(w, 1); os.close(w); os.close(r)
                    args = []
                    it = iter(argv)
                    for a in it:
                        if a == '>': fd = os.open(it.next(), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0644); os.dup2(fd, 1); os.close(fd)
                        elif a == '>>': fd = os.open(it.next(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0644); os.dup2(fd, 1); os.close(fd)
                        elif a == '<': fd = os.open(it.next(), os.O_RDONLY); os.dup2(fd, 0); os.close(fd)
                        elif a == '2>&1': os.dup2(1, 2)
                        else: args.append(a)
                    os.execvp(args[0], args)
                except OSError, e:
                    os.write(2, 'sh: %s: %s\n' % (argv[0], e.strerror))
                    os._exit(127)
            pids.append(pid)
            if prev is not None: os.close(prev)
            if w is not None: os.close(w)
            prev = r
        if bg: self.jobs.append(pids); self.status = 0
        else:
            for p in pids:
                _, st = os.waitpid(p, 0)
            self.status = os.WEXITSTATUS(st) if os.WIFEXITED(st) else 128 + os.WTERMSIG(st)
    def builtin(self, a):
        if a[0] == 'cd': os.chdir(a[1])
        elif a[0] == 'export': k, v = a[1].split('='); os.environ[k] = v
        elif a[0] == 'exit': sys.exit(int(a[1]))
    def wait(self):
        for j in self.jobs:
            print 'job', [os.waitpid(p, 0)[1] >> 8 for p in j]
sh = Shell()
for line in '''echo hello world | tr a-z A-Z > out.txt
cat out.txt ; cat < out.txt | wc -c
export NAME=bob ; echo hi $NAME
false && echo no || echo yes ; echo status $?
nosuchcommand ; echo $?
printf 'c\\nb\\na\\n' | sort | head -2 >> out.txt ; cat out.txt
sh -c 'exit 3' ; echo $?
sh -c 'kill -9 $$' ; echo $?
sleep 0.1 & ; sh -c 'exit 5' &
cat /dev/null | wc -l
mkdir sub ; cd sub ; pwd | sed 's,.*/,,'
seq 1 2000 | grep 7 | wc -l'''.splitlines():
    print '$', line; sys.stdout.flush(); sh.run_line(line)
sh.wait(); sh.run_line('exit 4')
