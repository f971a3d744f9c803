# assert evaluates its message only on failure; the message can be anything.
assert 1
def message():
    print 'made'
    return 'why'
assert True, message()
for text in ('assert 0', 'assert 0, message()', 'assert [], (1, 2)', 'assert (), None'):
    try:
        exec text
    except AssertionError as error:
        print repr(error), error.args
