# __future__: all features and their effect.
from __future__ import nested_scopes, generators, division, absolute_import, with_statement, print_function, unicode_literals
import __future__
print(1 / 2, 'a', type('s'), sep='|', end='!\n')
print(*[1, 2], file=__import__('sys').stdout)
print(__future__.division.getMandatoryRelease(), __future__.all_feature_names)
print(repr(b'x'), type(b''), repr(r'\n'), eval('1/2'), eval(compile('7/2', 's', 'eval', 0, 1)))
