# raw_input and input from a pipe; end of file.
print raw_input('prompt> '), raw_input()
print input('expr: ')
import sys
print repr(sys.stdin.readline()), sys.stdin.read(3), sys.stdin.readlines()
try:
    raw_input('more? ')
except EOFError as e:
    print repr(e)
