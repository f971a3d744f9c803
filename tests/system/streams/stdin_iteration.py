# Iterating standard input.
import sys
for i, line in enumerate(sys.stdin):
    print i, repr(line)
    if i == 1: break
print list(sys.stdin)
