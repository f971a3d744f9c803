// SPDX-License-Identifier: MIT
// The programs that the playground offers to start from.

export const examples = [
  {
    name: 'Hello',
    source: `# Python 2.7, running in this page.
import sys

print "Hello from Python", sys.version.split()[0]
print 7 / 2, 7 // 2, 7 / 2.0
print u"snowman: \\u2603".encode("utf-8")

for word in "the quick brown fox".split():
    print word.ljust(8), len(word)
`,
  },
  {
    name: 'Guess the number',
    source: `import random

secret = random.randint(1, 20)
print "I think of a number from 1 to 20."
tries = 0
while True:
    try:
        guess = int(raw_input("Your guess: "))
    except ValueError:
        print "A number, please."
        continue
    tries += 1
    if guess < secret:
        print "Too small."
    elif guess > secret:
        print "Too big."
    else:
        print "Right, after %d tries." % tries
        break
`,
  },
  {
    name: 'Generators',
    source: `from itertools import islice, takewhile


def primes():
    """All primes, by a sieve that grows as it goes."""
    composites = {}
    n = 2
    while True:
        factors = composites.pop(n, None)
        if factors is None:
            yield n
            composites[n * n] = [n]
        else:
            for p in factors:
                composites.setdefault(n + p, []).append(p)
        n += 1


print list(islice(primes(), 15))
print sum(takewhile(lambda p: p < 1000, primes()))
`,
  },
  {
    name: 'Classes and exceptions',
    source: `class Account(object):
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("%s has only %d" % (self.owner, self.balance))
        self.balance -= amount
        return self

    def __repr__(self):
        return "<Account %s: %d>" % (self.owner, self.balance)


ada = Account("Ada", 100)
print ada.withdraw(30)
try:
    ada.withdraw(500)
except ValueError, error:
    print "refused:", error
ada.withdraw(1000)
`,
  },
  {
    name: 'Watch it print',
    source: `import time

for i in range(1, 11):
    print "#" * i, "%d%%" % (i * 10)
    time.sleep(0.3)
`,
  },
  {
    name: 'Stop me',
    source: `# Press Stop: the program gets KeyboardInterrupt, and may answer it.
n = 0
try:
    while 1:
        n += 1
except KeyboardInterrupt:
    print "stopped after", n, "rounds"
`,
  },
];
