/* SPDX-License-Identifier: MIT */
/* list.sort: timsort, an adaptive, stable, natural merge sort with galloping, as Tim Peters's
 * published description of it has it, with the same choices at each step, so that a comparison
 * function sees the same calls in the same order as in CPython.
 *
 * The list is emptied while it is sorted (comparisons may look at it) and gets its array back at
 * the end; allocated == -1 meanwhile, so that any change from outside is noticed. With a key
 * function two arrays are sorted in step: the keys decide, the values follow. At every moment, even
 * after an error in a comparison, each array holds all of its references exactly once. */
#include "Python.h"
#include "objects/list_private.h"

enum {
    RUN_STACK = 85,    /* pending runs: their lengths grow faster than Fibonacci numbers */
    FIRST_GALLOP = 7,  /* wins in a row before galloping is tried */
    TEMP_INLINE = 256, /* merge space for this many elements without allocation */
};

typedef struct {
    PyObject **keys, **values; /* values NULL: the keys are the values */
} Span;

typedef struct {
    Span base;
    Py_ssize_t len;
} Run;

typedef struct {
    PyObject *compare; /* cmp= function or NULL */
    Py_ssize_t min_gallop;
    Span temp;
    Py_ssize_t temp_room;
    int pending;
    Run runs[RUN_STACK];
    PyObject *temp_inline[TEMP_INLINE];
} MergeState;

static inline Span span_at(Span s, Py_ssize_t i)
{
    s.keys += i;
    if (s.values != NULL)
        s.values += i;
    return s;
}

static inline void span_put(Span to, Py_ssize_t i, Span from, Py_ssize_t j)
{
    to.keys[i] = from.keys[j];
    if (to.values != NULL)
        to.values[i] = from.values[j];
}

static inline void span_move(Span to, Py_ssize_t i, Span from, Py_ssize_t j, Py_ssize_t n)
{
    memmove(to.keys + i, from.keys + j, (size_t)n * sizeof(PyObject *));
    if (to.values != NULL)
        memmove(to.values + i, from.values + j, (size_t)n * sizeof(PyObject *));
}

static void span_reverse(Span s, Py_ssize_t n)
{
    _PyList_ReverseItems(s.keys, s.keys + n);
    if (s.values != NULL)
        _PyList_ReverseItems(s.values, s.values + n);
}

/* x < y: 1, 0, or -1 with an exception. */
static int sort_less(MergeState *ms, PyObject *x, PyObject *y)
{
    if (ms->compare == NULL)
        return PyObject_RichCompareBool(x, y, Py_LT);
    PyObject *args = PyTuple_Pack(2, x, y);
    if (args == NULL)
        return -1;
    PyObject *answer = PyObject_Call(ms->compare, args, NULL);
    Py_DECREF(args);
    if (answer == NULL)
        return -1;
    if (!PyInt_Check(answer)) {
        PyErr_Format(PyExc_TypeError, "comparison function must return int, not %.200s",
                     Py_TYPE(answer)->tp_name);
        Py_DECREF(answer);
        return -1;
    }
    int less = PyInt_AS_LONG(answer) < 0;
    Py_DECREF(answer);
    return less;
}

/* Inserts elements sorted..n one by one into the sorted front of s. */
static int sort_binary(MergeState *ms, Span s, Py_ssize_t n, Py_ssize_t sorted)
{
    for (Py_ssize_t i = sorted == 0 ? 1 : sorted; i < n; i++) {
        PyObject *key = s.keys[i], *value = s.values != NULL ? s.values[i] : NULL;
        Py_ssize_t low = 0, high = i;
        while (low < high) {
            Py_ssize_t middle = low + ((high - low) >> 1);
            int less = sort_less(ms, key, s.keys[middle]);
            if (less < 0)
                return -1;
            if (less)
                high = middle;
            else
                low = middle + 1;
        }
        span_move(s, low + 1, s, low, i - low);
        s.keys[low] = key;
        if (s.values != NULL)
            s.values[low] = value;
    }
    return 0;
}

/* Length of the run at the start of s: non-descending, or strictly descending (so that reversing it
 * keeps equal elements in order). */
static Py_ssize_t sort_count_run(MergeState *ms, Span s, Py_ssize_t n, int *descending)
{
    *descending = 0;
    if (n < 2)
        return n;
    int less = sort_less(ms, s.keys[1], s.keys[0]);
    if (less < 0)
        return -1;
    *descending = less;
    Py_ssize_t len = 2;
    for (; len < n; len++) {
        less = sort_less(ms, s.keys[len], s.keys[len - 1]);
        if (less < 0)
            return -1;
        if (less != *descending)
            break;
    }
    return len;
}

/* Where key belongs in the sorted a[0..n), left of equal elements when `left`, else right of them.
 * Searches outwards from hint in steps of 1, 3, 7, ..., then in halves. -1 on error. */
static Py_ssize_t sort_gallop(MergeState *ms, PyObject *key, PyObject **a, Py_ssize_t n,
                              Py_ssize_t hint, int left)
{
    Py_ssize_t last = 0, step = 1, limit, low, high;

/* Does key belong to the right of element i? (left: a[i] < key; right: not key < a[i]) */
#define BELONGS_RIGHT(result, i)                                                                   \
    do {                                                                                           \
        result = left ? sort_less(ms, a[i], key) : sort_less(ms, key, a[i]);                       \
        if (result < 0)                                                                            \
            return -1;                                                                             \
        if (!left)                                                                                 \
            result = !result;                                                                      \
    } while (0)
    int right;
    BELONGS_RIGHT(right, hint);
    int upward = right;
    limit = upward ? n - hint : hint + 1;
    while (step < limit) {
        BELONGS_RIGHT(right, upward ? hint + step : hint - step);
        if (right != upward)
            break;
        last = step;
        step = step > (PY_SSIZE_T_MAX - 1) / 2 ? limit : step * 2 + 1;
    }
    if (step > limit)
        step = limit;
    if (upward) {
        low = hint + last;
        high = hint + step;
    } else {
        low = hint - step;
        high = hint - last;
    }
    /* a[low] is left of key (or low is -1), a[high] is not (or high is n). */
    for (low++; low < high;) {
        Py_ssize_t middle = low + ((high - low) >> 1);
        BELONGS_RIGHT(right, middle);
        if (right)
            low = middle + 1;
        else
            high = middle;
    }
#undef BELONGS_RIGHT
    return high;
}

static void sort_free_temp(MergeState *ms)
{
    if (ms->temp.keys != ms->temp_inline)
        PyMem_Free(ms->temp.keys);
    ms->temp.keys = ms->temp_inline;
    ms->temp_room = 0;
}

/* Makes room for n elements in ms->temp; what was there is lost. */
static int sort_get_temp(MergeState *ms, Py_ssize_t n)
{
    int arrays = ms->temp.values != NULL ? 2 : 1;

    if (n <= ms->temp_room)
        return 0;
    sort_free_temp(ms);
    if (n > PY_SSIZE_T_MAX / 2 / (Py_ssize_t)sizeof(PyObject *)) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject **block = PyMem_New(PyObject *, n * arrays);
    if (block == NULL) {
        PyErr_NoMemory();
        ms->temp_room = TEMP_INLINE / 2;
        if (arrays == 2)
            ms->temp.values = ms->temp_inline + TEMP_INLINE / 2;
        return -1;
    }
    ms->temp.keys = block;
    if (arrays == 2)
        ms->temp.values = block + n;
    ms->temp_room = n;
    return 0;
}

/* Merges the neighbouring runs a[0..na) and b[0..nb), na <= nb, from the left with a copy of a. It
 * is known that b[0] < a[0] and that a's last element belongs after all of b. */
static int sort_merge_low(MergeState *ms, Span a, Py_ssize_t na, Span b, Py_ssize_t nb)
{
    int status = -1, less;
    Py_ssize_t min_gallop = ms->min_gallop, awins, bwins;

    if (sort_get_temp(ms, na) < 0)
        return -1;
    Span to = a;
    span_move(ms->temp, 0, a, 0, na);
    a = ms->temp;
    span_put(to, 0, b, 0);
    to = span_at(to, 1);
    b = span_at(b, 1);
    if (--nb == 0)
        goto done;
    if (na == 1)
        goto one_left;
    for (;;) {
        awins = bwins = 0;
        do { /* one at a time, until one side wins often enough */
            less = sort_less(ms, b.keys[0], a.keys[0]);
            if (less < 0)
                goto finish;
            span_put(to, 0, less ? b : a, 0);
            to = span_at(to, 1);
            if (less) {
                b = span_at(b, 1);
                bwins++;
                awins = 0;
                if (--nb == 0)
                    goto done;
            } else {
                a = span_at(a, 1);
                awins++;
                bwins = 0;
                if (--na == 1)
                    goto one_left;
            }
        } while (awins < min_gallop && bwins < min_gallop);
        min_gallop++;
        do { /* whole stretches, while they are long */
            min_gallop -= min_gallop > 1;
            ms->min_gallop = min_gallop;
            awins = sort_gallop(ms, b.keys[0], a.keys, na, 0, 0);
            if (awins < 0)
                goto finish;
            span_move(to, 0, a, 0, awins);
            to = span_at(to, awins);
            a = span_at(a, awins);
            na -= awins;
            if (awins > 0 && na == 1)
                goto one_left;
            if (na == 0) /* only when the comparisons contradict each other */
                goto done;
            span_put(to, 0, b, 0);
            to = span_at(to, 1);
            b = span_at(b, 1);
            if (--nb == 0)
                goto done;
            bwins = sort_gallop(ms, a.keys[0], b.keys, nb, 0, 1);
            if (bwins < 0)
                goto finish;
            span_move(to, 0, b, 0, bwins);
            to = span_at(to, bwins);
            b = span_at(b, bwins);
            nb -= bwins;
            if (nb == 0)
                goto done;
            span_put(to, 0, a, 0);
            to = span_at(to, 1);
            a = span_at(a, 1);
            if (--na == 1)
                goto one_left;
        } while (awins >= FIRST_GALLOP || bwins >= FIRST_GALLOP);
        ms->min_gallop = ++min_gallop; /* it costs something to leave */
    }
done:
    status = 0;
finish:
    span_move(to, 0, a, 0, na);
    return status;
one_left:
    span_move(to, 0, b, 0, nb);
    span_put(to, nb, a, 0);
    return 0;
}

/* The mirror image, na >= nb, from the right with a copy of b. What is left of a stays at
 * all[0..na), what is left of b at temp[0..nb), and the next place to fill is all[na + nb - 1]. */
static int sort_merge_high(MergeState *ms, Span all, Py_ssize_t na, Py_ssize_t nb)
{
    int status = -1, less;
    Py_ssize_t min_gallop = ms->min_gallop, awins, bwins, k;

    if (sort_get_temp(ms, nb) < 0)
        return -1;
    Span b = ms->temp;
    span_move(b, 0, all, na, nb);
    span_put(all, na + nb - 1, all, na - 1);
    if (--na == 0)
        goto done;
    if (nb == 1)
        goto one_left;
    for (;;) {
        awins = bwins = 0;
        do {
            less = sort_less(ms, b.keys[nb - 1], all.keys[na - 1]);
            if (less < 0)
                goto finish;
            if (less) {
                span_put(all, na + nb - 1, all, na - 1);
                awins++;
                bwins = 0;
                if (--na == 0)
                    goto done;
            } else {
                span_put(all, na + nb - 1, b, nb - 1);
                bwins++;
                awins = 0;
                if (--nb == 1)
                    goto one_left;
            }
        } while (awins < min_gallop && bwins < min_gallop);
        min_gallop++;
        do {
            min_gallop -= min_gallop > 1;
            ms->min_gallop = min_gallop;
            k = sort_gallop(ms, b.keys[nb - 1], all.keys, na, na - 1, 0);
            if (k < 0)
                goto finish;
            awins = na - k;
            span_move(all, k + nb, all, k, awins);
            na = k;
            if (na == 0)
                goto done;
            span_put(all, na + nb - 1, b, nb - 1);
            if (--nb == 1)
                goto one_left;
            k = sort_gallop(ms, all.keys[na - 1], b.keys, nb, nb - 1, 1);
            if (k < 0)
                goto finish;
            bwins = nb - k;
            span_move(all, na + k, b, k, bwins);
            nb = k;
            if (bwins > 0 && nb == 1)
                goto one_left;
            if (nb == 0)
                goto done;
            span_put(all, na + nb - 1, all, na - 1);
            if (--na == 0)
                goto done;
        } while (awins >= FIRST_GALLOP || bwins >= FIRST_GALLOP);
        ms->min_gallop = ++min_gallop;
    }
done:
    status = 0;
finish:
    span_move(all, na, b, 0, nb);
    return status;
one_left:
    span_move(all, 1, all, 0, na);
    span_put(all, 0, b, 0);
    return 0;
}

/* Merges pending runs i and i + 1. */
static int sort_merge_at(MergeState *ms, int i)
{
    Span a = ms->runs[i].base, b = ms->runs[i + 1].base;
    Py_ssize_t na = ms->runs[i].len, nb = ms->runs[i + 1].len;

    ms->runs[i].len = na + nb;
    if (i == ms->pending - 3)
        ms->runs[i + 1] = ms->runs[i + 2];
    ms->pending--;
    /* What is in place already at either end takes no part. */
    Py_ssize_t k = sort_gallop(ms, b.keys[0], a.keys, na, 0, 0);
    if (k < 0)
        return -1;
    a = span_at(a, k);
    na -= k;
    if (na == 0)
        return 0;
    nb = sort_gallop(ms, a.keys[na - 1], b.keys, nb, nb - 1, 1);
    if (nb <= 0)
        return (int)nb;
    return na <= nb ? sort_merge_low(ms, a, na, b, nb) : sort_merge_high(ms, a, na, nb);
}

/* Keeps the pending runs' lengths decreasing faster than Fibonacci numbers. */
static int sort_collapse(MergeState *ms)
{
    Run *runs = ms->runs;

    while (ms->pending > 1) {
        int i = ms->pending - 2;
        if ((i > 0 && runs[i - 1].len <= runs[i].len + runs[i + 1].len) ||
            (i > 1 && runs[i - 2].len <= runs[i - 1].len + runs[i].len)) {
            if (runs[i - 1].len < runs[i + 1].len)
                i--;
        } else if (runs[i].len > runs[i + 1].len)
            break;
        if (sort_merge_at(ms, i) < 0)
            return -1;
    }
    return 0;
}

static int sort_collapse_all(MergeState *ms)
{
    while (ms->pending > 1) {
        int i = ms->pending - 2;
        if (i > 0 && ms->runs[i - 1].len < ms->runs[i + 1].len)
            i--;
        if (sort_merge_at(ms, i) < 0)
            return -1;
    }
    return 0;
}

/* The least length a run is brought to: n / minrun is a power of two or a little less. */
static Py_ssize_t sort_minrun(Py_ssize_t n)
{
    Py_ssize_t odd = 0;

    for (; n >= 64; n >>= 1)
        odd |= n & 1;
    return n + odd;
}

static int sort_span(MergeState *ms, Span s, Py_ssize_t n)
{
    Py_ssize_t minrun = sort_minrun(n);

    while (n > 0) {
        int descending;
        Py_ssize_t len = sort_count_run(ms, s, n, &descending);
        if (len < 0)
            return -1;
        if (descending)
            span_reverse(s, len);
        if (len < minrun) {
            Py_ssize_t forced = n < minrun ? n : minrun;
            if (sort_binary(ms, s, forced, len) < 0)
                return -1;
            len = forced;
        }
        ms->runs[ms->pending].base = s;
        ms->runs[ms->pending].len = len;
        ms->pending++;
        if (sort_collapse(ms) < 0)
            return -1;
        s = span_at(s, len);
        n -= len;
    }
    return sort_collapse_all(ms);
}

/* Sorts n items, by keys unless that is NULL. 0 or -1. */
static int sort_arrays(PyObject **items, PyObject **keys, Py_ssize_t n, PyObject *compare,
                       int reverse)
{
    if (n < 2)
        return 0;
    Span s = {keys != NULL ? keys : items, keys != NULL ? items : NULL};
    /* Keys are compared inside a comparison of the items that they stand for. */
    if (keys != NULL &&
        Py_EnterRecursiveCall(compare != NULL ? " while calling a Python object" : " in cmp"))
        return -1;
    MergeState *ms = PyMem_Malloc(sizeof *ms);
    if (ms == NULL) {
        if (keys != NULL)
            Py_LeaveRecursiveCall();
        PyErr_NoMemory();
        return -1;
    }
    ms->compare = compare;
    ms->min_gallop = FIRST_GALLOP;
    ms->pending = 0;
    ms->temp.keys = ms->temp_inline;
    ms->temp.values = keys != NULL ? ms->temp_inline + TEMP_INLINE / 2 : NULL;
    ms->temp_room = keys != NULL ? TEMP_INLINE / 2 : TEMP_INLINE;
    /* Reversing before and after keeps equal elements in their order. */
    if (reverse)
        span_reverse(s, n);
    int status = sort_span(ms, s, n);
    sort_free_temp(ms);
    if (reverse)
        _PyList_ReverseItems(items, items + n);
    PyMem_Free(ms);
    if (keys != NULL)
        Py_LeaveRecursiveCall();
    return status;
}

/* What a list has while it is sorted, and what it gets back. */
typedef struct {
    PyObject **items;
    Py_ssize_t n, room;
} Contents;

static Contents take_contents(PyListObject *self)
{
    Contents its = {self->ob_item, Py_SIZE(self), self->allocated};

    self->ob_item = NULL;
    Py_SIZE(self) = 0;
    self->allocated = -1;
    return its;
}

static int give_back(PyListObject *self, Contents its, int status)
{
    if (self->allocated != -1 && status == 0) {
        PyErr_SetString(PyExc_ValueError, "list modified during sort");
        status = -1;
    }
    PyObject **strange = self->ob_item;
    Py_ssize_t strangers = Py_SIZE(self);
    self->ob_item = its.items;
    Py_SIZE(self) = its.n;
    self->allocated = its.room;
    if (strange != NULL) { /* what was put into the list meanwhile */
        while (--strangers >= 0)
            Py_XDECREF(strange[strangers]);
        PyMem_Free(strange);
    }
    return status;
}

/* Sorts the list; compare, keyfunc may be NULL. 0 or -1. */
static int list_sort(PyListObject *self, PyObject *compare, PyObject *keyfunc, int reverse)
{
    int status = -1;
    PyObject **keys = NULL;
    Py_ssize_t made = 0;
    Contents its = take_contents(self);

    if (keyfunc != NULL && its.n > 0) {
        keys = PyMem_New(PyObject *, its.n);
        if (keys == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        for (; made < its.n; made++) {
            keys[made] = PyObject_CallFunctionObjArgs(keyfunc, its.items[made], NULL);
            if (keys[made] == NULL)
                goto done;
        }
    }
    status = sort_arrays(its.items, keys, its.n, compare, reverse);
done:
    while (--made >= 0)
        Py_DECREF(keys[made]);
    PyMem_Free(keys);
    return give_back(self, its, status);
}

/* ---- With a key function in Python: the keys are asked for one by one. a the list; b a list that
 * holds its contents; c the keys so far; d the key and the comparison function; n: reverse ---- */

static PyObject *keyed_sort_step(PyCont *c, PyObject *key);

static PyObject *ask_key(PyCont *s)
{
    Py_ssize_t made = PyList_GET_SIZE(s->c);
    PyObject *args = PyTuple_Pack(1, PyList_GET_ITEM(s->b, made)), *answer;
    PyCont *c = args == NULL ? NULL : _PyHooks.push_cont(keyed_sort_step);

    if (c == NULL) {
        Py_XDECREF(args);
        return keyed_sort_step(s, NULL);
    }
    *c = *s;
    c->fn = keyed_sort_step;
    answer = _PyHooks.then(_PyHooks.call_go_on(PyTuple_GET_ITEM(s->d, 0), args, NULL));
    Py_DECREF(args);
    return answer;
}

static PyObject *keyed_sort_step(PyCont *c, PyObject *key)
{
    PyListObject *held = (PyListObject *)c->b;
    int status = key == NULL ? -1 : PyList_Append(c->c, key);

    Py_XDECREF(key);
    if (status == 0) {
        PyObject *compare = PyTuple_GET_ITEM(c->d, 1);
        if (PyList_GET_SIZE(c->c) < Py_SIZE(held))
            return ask_key(c);
        status = sort_arrays(held->ob_item, ((PyListObject *)c->c)->ob_item, Py_SIZE(held),
                             compare == Py_None ? NULL : compare, (int)c->n);
    }
    /* The keys go first, then the list is whole again. */
    Py_CLEAR(c->c);
    Contents its = {held->ob_item, Py_SIZE(held), held->allocated};
    held->ob_item = NULL;
    Py_SIZE(held) = 0;
    held->allocated = 0;
    status = give_back((PyListObject *)c->a, its, status);
    Py_DECREF(c->a);
    Py_DECREF(c->b);
    Py_DECREF(c->d);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *keyed_sort(PyListObject *self, PyObject *compare, PyObject *keyfunc, int reverse)
{
    PyCont s = {.n = reverse};

    s.b = PyList_New(0);
    s.c = PyList_New(0);
    s.d = PyTuple_Pack(2, keyfunc, compare == NULL ? Py_None : compare);
    if (s.b == NULL || s.c == NULL || s.d == NULL) {
        Py_XDECREF(s.b);
        Py_XDECREF(s.c);
        Py_XDECREF(s.d);
        return NULL;
    }
    Py_INCREF(self);
    s.a = (PyObject *)self;
    PyListObject *held = (PyListObject *)s.b;
    Contents its = take_contents(self);
    held->ob_item = its.items;
    Py_SIZE(held) = its.n;
    held->allocated = its.room;
    return ask_key(&s);
}

PyObject *_PyList_SortMethod(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cmp", "key", "reverse", NULL};
    PyObject *compare = NULL, *keyfunc = NULL;
    int reverse = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOi:sort", names, &compare, &keyfunc, &reverse))
        return NULL;
    if (compare == Py_None)
        compare = NULL;
    if (compare != NULL && PyErr_WarnPy3k("the cmp argument is not supported in 3.x", 1) < 0)
        return NULL;
    if (keyfunc == Py_None)
        keyfunc = NULL;
    if (keyfunc != NULL && PyList_GET_SIZE(self) > 0 && ((PyListObject *)self)->allocated != -1 &&
        _PyWalk_CallMayNest(keyfunc))
        return keyed_sort((PyListObject *)self, compare, keyfunc, reverse);
    if (list_sort((PyListObject *)self, compare, keyfunc, reverse) < 0)
        return NULL;
    Py_RETURN_NONE;
}

int PyList_Sort(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return list_sort((PyListObject *)op, NULL, NULL, 0);
}
