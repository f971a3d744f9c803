# Calls: the naive Fibonacci function and Takeuchi's.
import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def main(rounds):
    for _ in xrange(rounds):
        assert fib(22) == 17711
        assert tak(12, 8, 4) == 5


main(int(sys.argv[1]) if len(sys.argv) > 1 else 80)
print 'ok'
