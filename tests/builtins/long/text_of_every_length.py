# Digits of longs around every power of ten and of random ones: no zero in front, none lost.
import hashlib
import random

rand = random.Random(8)
digest = hashlib.md5()
for digits in range(1, 12000, 7):
    for value in (10 ** digits - 1, 10 ** digits, 10 ** digits + 1, -10 ** digits - 12345):
        digest.update(str(value))
    if digits % 50 == 1:
        print digits, digest.hexdigest()
for i in range(1000):
    value = rand.getrandbits(rand.randrange(1, 9000))
    text = str(value)
    digest.update(text)
    if int(text) != value or text[0] == '0' != text:
        print 'wrong:', hex(value)
print digest.hexdigest()
print str(10 ** 1075)[:12], repr(-10 ** 1077)[:12], '%d' % 10 ** 1078 == '1' + '0' * 1078
