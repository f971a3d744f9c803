"""A package that is there only as compiled files."""
from __future__ import division
from .ledger import Ledger, entry
from . import goods
__all__ = ['Ledger', 'entry', 'goods', 'ratio']
LIMITS = (2 ** 31, 2 ** 63, -2 ** 100, 1e308, -0.0, 3.5j, u'\u20ac\U0001f40d', 'bytes\xff', None, Ellipsis, (), (1, (2,)))


def ratio(a, b):
    return a / b
