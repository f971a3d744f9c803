# Classic, floor and true division; modulo and divmod with signs; zero.
from __future__ import division
for a in (7, -7, 7.5, -7.5, 7L):
    for b in (2, -2, 0.5, -3L):
        print a, b, a / b, a // b, a % b, divmod(a, b)
for text in ('1 / 0', '1 // 0', '1 % 0', '1.0 / 0', '1.0 // 0', '1.0 % 0', '1L / 0', 'divmod(1, 0)',
             '0 ** -1', '0.0 ** -1', '1j / 0', '1L % 0'):
    try:
        print eval(text)
    except ZeroDivisionError as error:
        print text, error
