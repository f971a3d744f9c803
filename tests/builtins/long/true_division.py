# True division of longs rounds correctly.
from __future__ import division
for a, b in ((1, 3), (10 ** 400, 10 ** 399), (2 ** 1024, 2 ** 1000), (2 ** 53 + 1, 1), (3 * 2 ** 1000, 2 ** 1000 + 1), (-1, 10 ** 30), (1, 10 ** 400), (0, 5)):
    print repr(a / b),
print
try:
    10 ** 400 / 3
except OverflowError as e:
    print e
