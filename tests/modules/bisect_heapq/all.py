# bisect and heapq.
import bisect, heapq
l = [1, 3, 3, 5]
print bisect.bisect(l, 3), bisect.bisect_left(l, 3), bisect.bisect_right(l, 9), bisect.bisect(l, 3, 0, 2), bisect.insort(l, 4), l, bisect.insort_left(l, 3), l
h = [5, 1, 4, 2, 3]; heapq.heapify(h); print h, heapq.heappop(h), heapq.heappush(h, 0), h, heapq.heappushpop(h, 9), heapq.heapreplace(h, 7), h, heapq.nlargest(2, [3, 1, 2]), heapq.nsmallest(2, 'hello'), heapq.nlargest(2, ['a', 'bbb', 'cc'], key=len), list(heapq.merge([1, 4], [2, 3])), heapq.nsmallest(0, [1])
for text in ('heapq.heappop([])', 'heapq.heappush(5, 1)', 'heapq.heapify(())', 'bisect.bisect([1], 1, -1)', 'heapq.heapreplace([], 1)', 'bisect.bisect(5, 1)', 'heapq.nlargest("a", [1])'):
    try:
        print eval(text)
    except Exception as e:
        print text, type(e).__name__, e
