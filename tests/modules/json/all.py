# json: dumping and loading, options, unicode, errors.
import json
print json.dumps([1, 1.5, None, True, 'a"\n\\\xc3\xa9', u'\u20ac\U0001f600', {'b': [], 'a': {}}, (1,), 10 ** 20, float('inf')], sort_keys=True)
print json.dumps({'b': 1, 'a': [1, {'c': 2}]}, indent=2, sort_keys=True, separators=(',', ': ')), json.dumps(u'\xe9', ensure_ascii=False) == u'"\xe9"', json.dumps({1: 2, None: 3, True: 4, 1.5: 5}, sort_keys=True), json.dumps('</script>'), json.dumps([], indent=1), json.dumps(set([1]), default=list), json.dumps({(1,): 2}, skipkeys=True)
print json.loads('[1, -2.5e3, "a\\u00e9\\n", null, true, {"k": [ ]}, 1E400, -0, 123456789012345678901]'), json.loads(' {"a":1} '), json.loads('"\\ud83d\\ude00"') == u'\U0001f600', json.loads('[1.5]', parse_float=str), json.loads('{"a": 1, "a": 2}'), json.loads('{"a": 1}', object_hook=lambda d: sorted(d.items())), json.loads('[NaN, -Infinity]'), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list), repr(json.loads('"a"')), json.loads('1'), json.loads(u'"\u20ac"') == u'\u20ac'
for bad in ('', '[', '[1,]', '{', '{"a"}', '{"a":}', '{a: 1}', "'a'", '[1 2]', '"\n"', '"\\x"', '"abc', '1 2', 'nul', '{"a":1,}', '"\\u12"', '[1', '-', '01', '\xff', '{"a" 1}', '+1', '.5'):
    try:
        print repr(json.loads(bad))
    except Exception as e:
        print repr(bad), type(e).__name__, e
for v in (object, [[]] and len, {(1,): 1}, '\xff', float('nan')):
    try:
        print json.dumps(v, allow_nan=False)
    except Exception as e:
        print type(e).__name__, e
l = []; l.append(l)
try:
    json.dumps(l)
except ValueError as e:
    print e
