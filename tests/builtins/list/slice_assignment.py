# Slice assignment and deletion, plain and extended.
def t(text):
    l = range(10)
    try:
        exec text
    except Exception as e:
        print text, type(e).__name__, e
    else:
        print text, l
for text in ('l[2:4] = []', 'l[2:4] = "abc"', 'l[:] = []', 'l[5:2] = ["x"]', 'l[::2] = range(5)', 'l[::2] = [1]', 'l[::-1] = range(10)', 'del l[::3]', 'del l[8:1:-3]', 'del l[2:5]', 'del l[-1]', 'del l[10]', 'l[10] = 1', 'l[20:30] = [1]', 'l[-3:] = l', 'l[2:4] = 5', 'l[::0] = []', 'l[1:2] = iter([7, 8])', 'l["a"] = 1', 'del l["a"]', 'l[1:8:2] = l[1:5]', 'l[:0] = l', 'l[3:3] = (9,) * 3', 'del l[100:]', 'del l[:]', 'l[::2] = 5', 'l[9::-4] = [0, 0, 0]', 'l[2 ** 70:] = [1]', 'l[-2 ** 70:1] = [1]'):
    t(text)
