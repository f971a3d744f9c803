# Lists and slices: how many prefix reversals bring a permutation's first item to 1, at most.
import sys


def permutations(n):
    # Each one made from the last by a swap; counter[k] counts the turns at depth k (Heap's order).
    items = range(n)
    counter = [0] * n
    yield items
    k = 0
    while k < n:
        if counter[k] < k:
            other = counter[k] if k & 1 else 0
            items[other], items[k] = items[k], items[other]
            yield items
            counter[k] += 1
            k = 0
        else:
            counter[k] = 0
            k += 1


def flips(items):
    work = items[:]
    count = 0
    first = work[0]
    while first:
        work[:first + 1] = work[first::-1]
        count += 1
        first = work[0]
    return count


def main(n):
    most = 0
    for items in permutations(n):
        if items[0]:
            count = flips(items)
            if count > most:
                most = count
    assert most == {6: 10, 7: 16, 8: 22, 9: 30}[n], most


main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
print 'ok'
