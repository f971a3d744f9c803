import json
class D(dict):
    def items(self): print 'items'; return [(1,2)]
    def __iter__(self): print 'iter'; return iter([1,'b'])
    def __getitem__(self, k): print 'get', k; return 5
print json.dumps(D({3:4}))
class D(dict):
    def __iter__(self): raise KeyError
try: json.dumps(D({1:2}))
except KeyError: print 'ke'
class D(dict):
    def __iter__(self): return iter([7])
try: json.dumps(D({1:2}))
except KeyError as e: print repr(e)
d={1:object()}
def df(o): d[2]=3; return 1
try: print json.dumps(d, default=df)
except RuntimeError as e: print repr(e)
a={}; a[1]=a
try: json.dumps(a)
except ValueError as e: print repr(e)
print json.dumps({1:2,u'\xe9':[{}],None:1.5}), json.dumps({(1,):2, 2:3}, skipkeys=1)
try: json.dumps({(1,):2})
except TypeError as e: print repr(e)
for s in ('['*2000, '{"a":'*2000, u'['*2000, u'{"a":'*2000):
    try: json.loads(s)
    except Exception as e: print repr(e)
