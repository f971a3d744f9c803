# oct, hex, bin, bit_length, numerator, conjugate, __format__.
for n in (0, 1, -1, 255, -255, 2 ** 63, -2 ** 63, 2 ** 64 - 1):
    print oct(n), hex(n), bin(n), n.bit_length(), n.numerator, n.denominator, n.real, n.imag, n.conjugate(), n.__trunc__(), hash(n)
for spec in ('', 'd', '5d', '<5', '^7', '05', '+', ' ', ',', 'x', '#x', '#o', '#b', 'X', 'c', 'n', 'e', '.2f', '%', '*^+9,d', '010,'):
    print repr(format(65, spec)), repr(format(-1234567, spec) if spec != 'c' else ''), repr(format(2 ** 70, spec) if spec != 'c' else '')
for spec in ('s', '.3d', ',x', 'c+', '5.5', 'z', 'dd', '=<<'):
    try:
        print format(5, spec)
    except ValueError as e:
        print spec, e
