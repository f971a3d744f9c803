# python -m cProfile SCRIPT with and without -s, -o.
import os, pstats, re, subprocess, sys

with open('profiled.py', 'w') as f:
    f.write('''import sys
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print __name__, __file__, sys.argv, fib(7)
''')


def run(*args):
    p = subprocess.Popen((sys.executable, '-m', 'cProfile') + args, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    text = re.sub(r'\d+\.\d\d\d', 'T', p.communicate()[0])
    print ' '.join(args), p.returncode
    for line in text.splitlines():
        print '   ', ' '.join(line.split())


run('profiled.py')
run('-s', 'calls', 'profiled.py', '-s', 'a')
run('-o', 'stats', 'profiled.py')
print pstats.Stats('stats').total_calls
run('-s', 'nonsense', 'profiled.py')
run()
