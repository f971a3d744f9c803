# decimal: contexts, rounding, signals.
from decimal import *
getcontext().prec = 30
print Decimal(1) / 7, Decimal('1.10') * 3, Decimal(2).sqrt(), Decimal('NaN') + 1, Decimal('-0'), Decimal('1E+3').to_eng_string(), Decimal(10) ** -3, Decimal('2.675').quantize(Decimal('.01')), Decimal('2.5').quantize(Decimal(1), ROUND_HALF_UP), Decimal(1).exp(), Decimal(10).ln(), Decimal('1.5').as_tuple(), Decimal.from_float(0.1), max(Decimal(1), 2), sum([Decimal('.1')] * 10), hash(Decimal(5)) == hash(5), '{0:,.2f}'.format(Decimal('1234567.891')), int(Decimal('-3.7')), Decimal('1e5') == 100000, divmod(Decimal(7), Decimal(-2))
for text in ('Decimal(1) / 0', 'Decimal("x")', 'Decimal("Infinity") - Decimal("Infinity")', 'Decimal(1) + 1.5', 'Decimal(10) ** 100000000000', 'Decimal([])'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
