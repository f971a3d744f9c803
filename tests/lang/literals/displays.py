# List, tuple, dict and set displays, trailing commas, nesting, order of evaluation.
def say(value):
    print 'eval', value,
    return value
print
print [1, 2, 3,], (1,), (), {}, {1: 2,}, {1, 2}, [[]], ((),)
print {say('k1'): say('v1'), say('k2'): say('v2')}
print [say(1), say(2)], (say(3), say(4)), set([say(5)]) == {5}
