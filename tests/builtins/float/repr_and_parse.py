# Shortest repr round trips; str has 12 digits; parsing of odd forms; hex.
values = [0.1, 0.2, 0.1 + 0.2, 1 / 3.0, 100.0, 1e15, 1e16, 123456789.123456789, 2.5e-7, 9007199254740993.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.30000000000000004, 1e100, -1.5, 4.35, 2.675]
for v in values:
    print repr(v), str(v), v.hex(), float.fromhex(v.hex()) == v, float(repr(v)) == v
for text in ('1', ' 1.5 ', '+.5', '1.', '1e5', '1E+5', 'inf', '-Infinity', 'nan', '+nan', '1e400', '1e-400', '.', '', 'e5', '1_0', '0x10', '1.5.5', u'\u0661.5', '1e', 'infi', '- 1', '1\x00'):
    try:
        print repr(text), repr(float(text))
    except ValueError as e:
        print type(e).__name__, e
    except UnicodeError as e:
        print e
print float(), float(5L), float(True), (1.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (1.5).real, float('inf') == 1e999
