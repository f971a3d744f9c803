# A mix in the manner of the Dhrystone benchmark: records, globals, calls, small lists and strings.
import sys

(FIRST, SECOND, THIRD) = range(1, 4)


class Record(object):
    __slots__ = ('next', 'kind', 'choice', 'number', 'text')

    def __init__(self, next=None, kind=0, choice=0, number=0, text=''):
        self.next = next
        self.kind = kind
        self.choice = choice
        self.number = number
        self.text = text

    def copy(self):
        return Record(self.next, self.kind, self.choice, self.number, self.text)


counter = 0
flag = False
letter_one = letter_two = '\0'
row = [0] * 51
table = [row[:] for _ in xrange(51)]
head = tail = None


def add_up(first, second):
    return first + second + 2


def choose(value):
    global flag
    flag = not flag
    if value == FIRST:
        return SECOND
    if value == SECOND:
        return FIRST if counter > 100 else THIRD
    return THIRD


def same_letter(one, two):
    global letter_one
    if one != two:
        return FIRST
    letter_one = one
    return SECOND


def texts_order(one, two):
    place = 1
    while place <= 1:
        if same_letter(one[place], two[place + 1]) == FIRST:
            place += 1
    return SECOND if one > two else FIRST


def fill(array, matrix, first, second):
    global counter
    place = first + 5
    array[place] = second
    array[place + 1] = array[place]
    array[place + 20] = place
    for column in xrange(place, place + 2):
        matrix[place][column] = place
    matrix[place][place - 1] += 1
    matrix[place + 20][place] = array[place]
    counter = 5


def link(record):
    following = record.next = head.copy()
    record.number = 5
    following.number = record.number
    following.next = record.next
    if following.kind == FIRST:
        following.number = 6
        following.choice = choose(record.choice)
        following.next = head.next
        following.number = add_up(following.number, 10)
    return following


def loop(rounds):
    global head, tail, counter, letter_two, flag
    tail = Record()
    head = Record(tail, FIRST, THIRD, 40, 'DHRYSTONE PROGRAM, SOME STRING')
    text = "DHRYSTONE PROGRAM, 1'ST STRING"
    table[8][7] = 10
    total = 0
    for i in xrange(rounds):
        letter_two = 'B'
        flag = texts_order(text, "DHRYSTONE PROGRAM, 2'ND STRING") == FIRST
        one, two = 2, 3
        while one < two:
            three = 5 * one - two
            three = add_up(one, two) - 2
            one += 1
        fill(row, table, one, three)
        head = link(head)
        for code in xrange(ord('A'), ord(letter_two) + 1):
            if same_letter(chr(code), 'C') == SECOND:
                total += 1
        two = two * one
        one = two / three
        two = 7 * (two - three) - one
        total += one + two
        counter += 1
    return total


def main(rounds):
    assert loop(rounds) == rounds * 28
    assert row[8] == 5 and table[8][7] == 10 + rounds and counter == 6
    assert head.text == 'DHRYSTONE PROGRAM, SOME STRING' and head.number == 18


main(int(sys.argv[1]) if len(sys.argv) > 1 else 250000)
print 'ok'
