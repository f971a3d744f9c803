# -*- coding: latin-1 -*-
from __future__ import unicode_literals, print_function, with_statement
__all__ = [b'apple', b'show']
apple = 'Apfel, gr\xfcn'
hidden = 1


def show(*values):
    print(*[repr(v) for v in values], sep=' | ')
