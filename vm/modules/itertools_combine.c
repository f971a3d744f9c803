/* SPDX-License-Identifier: MIT */
/* itertools: zipping and combinatorics. The combinatoric iterators keep a pool of items and indices
 * into it, and the tuple given out last, which is changed in place when nobody else holds it. */
#include "Python.h"
#include "modules/itertools_private.h"

/* izip and izip_longest */
typedef struct {
    PyObject_HEAD PyObject *iters, *result, *fill;
    Py_ssize_t active;
} zipobject;

static PyObject *zip_make(PyTypeObject *type, PyObject *args, const char *complaint)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *iters = PyTuple_New(n), *result = NULL;

    if (iters == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *it = PyObject_GetIter(PyTuple_GET_ITEM(args, i));
        if (it == NULL) {
            if (PyErr_ExceptionMatches(PyExc_TypeError))
                PyErr_Format(PyExc_TypeError, complaint, i + 1);
            goto fail;
        }
        PyTuple_SET_ITEM(iters, i, it);
    }
    result = PyTuple_New(n);
    if (result == NULL)
        goto fail;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(Py_None);
        PyTuple_SET_ITEM(result, i, Py_None);
    }
    zipobject *self = (zipobject *)type->tp_alloc(type, 0);
    if (self == NULL)
        goto fail;
    self->iters = iters;
    self->result = result;
    self->active = n;
    return (PyObject *)self;
fail:
    Py_DECREF(iters);
    Py_XDECREF(result);
    return NULL;
}

static void zip_dealloc(PyObject *op)
{
    zipobject *self = (zipobject *)op;

    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->iters);
    Py_XDECREF(self->result);
    Py_XDECREF(self->fill);
    Py_TYPE(op)->tp_free(op);
}

static int zip_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((zipobject *)op)->iters);
    Py_VISIT(((zipobject *)op)->result);
    Py_VISIT(((zipobject *)op)->fill);
    return 0;
}

/* The tuple to fill next: the one given out last when only we hold it, else a new one. A new
 * reference. */
static PyObject *tuple_to_fill(PyObject *last, Py_ssize_t n)
{
    if (Py_REFCNT(last) != 1)
        return PyTuple_New(n);
    Py_INCREF(last);
    if (!_PyObject_GC_IS_TRACKED(last))
        _PyObject_GC_TRACK(last);
    return last;
}

static PyObject *izip_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type == &_PyItertools_IZip && !_PyArg_NoKeywords("izip()", kwds))
        return NULL;
    return zip_make(type, args, "izip argument #%zd must support iteration");
}

static PyObject *izip_next(PyObject *op)
{
    zipobject *self = (zipobject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->iters);
    PyObject *result;

    if (n == 0 || (result = tuple_to_fill(self->result, n)) == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = itertools_next(PyTuple_GET_ITEM(self->iters, i));
        if (item == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        Py_XSETREF(PyTuple_GET_ITEM(result, i), item);
    }
    return result;
}

static int zip_may_nest(zipobject *self)
{
    for (Py_ssize_t i = PyTuple_GET_SIZE(self->iters); i-- > 0;) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, i);
        if (it != NULL && _PyWalk_MayNest(it))
            return 1;
    }
    return 0;
}

static PyObject *izip_go_next(PyObject *op)
{
    zipobject *self = (zipobject *)op;

    return zip_may_nest(self) ? _PyEval_RowGoOn(self->iters, NULL) : izip_next(op);
}

static const _PyGoOnSlots izip_go_on = {.go_next = izip_go_next};

ITERTOOLS_TYPE(_PyItertools_IZip, "itertools.izip", zipobject, 40, zip_dealloc, zip_traverse,
               izip_next, izip_new,
               "izip(iter1 [,iter2 [...]]) --> izip object\n\n"
               "Tuples of the iterables' first items, of their second ones, ..., until one ends.",
               .tp_goon = &izip_go_on);

static PyObject *izip_longest_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *fill = Py_None;

    if (kwds != NULL && PyDict_CheckExact(kwds) && PyDict_Size(kwds) > 0) {
        fill = PyDict_GetItemString(kwds, "fillvalue");
        if (fill == NULL || PyDict_Size(kwds) > 1) {
            PyErr_SetString(PyExc_TypeError, "izip_longest() got an unexpected keyword argument");
            return NULL;
        }
    }
    PyObject *self = zip_make(type, args, "izip_longest argument #%zd must support iteration");
    if (self != NULL) {
        Py_INCREF(fill);
        ((zipobject *)self)->fill = fill;
    }
    return self;
}

static Py_ssize_t zip_left(zipobject *self)
{
    Py_ssize_t left = 0;

    for (Py_ssize_t i = PyTuple_GET_SIZE(self->iters); i-- > 0;)
        left += PyTuple_GET_ITEM(self->iters, i) != NULL;
    return left;
}

/* An iterator that ended is replaced by NULL in the tuple of iterators; `active` is 0 at the end.
 */
static PyObject *izip_longest_next(PyObject *op)
{
    zipobject *self = (zipobject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->iters);
    PyObject *result;

    if (n == 0 || self->active == 0 || (result = tuple_to_fill(self->result, n)) == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *it = PyTuple_GET_ITEM(self->iters, i), *item = NULL;
        if (it != NULL) {
            item = PyIter_Next(it);
            if (item == NULL) {
                self->active = zip_left(self) - 1;
                if (self->active == 0 || PyErr_Occurred()) {
                    self->active = 0;
                    Py_DECREF(result);
                    return NULL;
                }
                PyTuple_SET_ITEM(self->iters, i, NULL);
                Py_DECREF(it);
            }
        }
        if (item == NULL) {
            item = self->fill;
            Py_INCREF(item);
        }
        Py_XSETREF(PyTuple_GET_ITEM(result, i), item);
    }
    return result;
}

static PyObject *izip_longest_step(PyCont *c, PyObject *row)
{
    PyObject *op = c->a;

    if (row == NULL)
        ((zipobject *)op)->active = 0;
    Py_DECREF(op);
    return row;
}

static PyObject *izip_longest_go_next(PyObject *op)
{
    zipobject *self = (zipobject *)op;
    PyCont *c;

    if (self->active == 0 || !zip_may_nest(self))
        return izip_longest_next(op);
    c = PyEval_PushCont(izip_longest_step);
    if (c == NULL)
        return NULL;
    Py_INCREF(op);
    c->a = op;
    return PyEval_Then(_PyEval_RowGoOn(self->iters, self->fill));
}

static const _PyGoOnSlots izip_longest_go_on = {.go_next = izip_longest_go_next};

ITERTOOLS_TYPE(_PyItertools_IZipLongest, "itertools.izip_longest", zipobject, 56, zip_dealloc,
               zip_traverse, izip_longest_next, izip_longest_new,
               "izip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> izip_longest object\n\n"
               "As izip, until the longest iterable ends; fillvalue stands for what is missing.",
               .tp_goon = &izip_longest_go_on);

/* The combinatoric iterators. */
typedef struct {
    PyObject_HEAD PyObject *pool; /* tuple of items; product: tuple of tuples */
    Py_ssize_t *indices;          /* which item stands at each place of the result */
    Py_ssize_t *cycles;           /* permutations only: how many items are left to try there */
    PyObject *result;             /* given out last; NULL before the first */
    Py_ssize_t r;                 /* length of the results */
    int stopped;
} combinobject;

static void combin_dealloc(PyObject *op)
{
    combinobject *self = (combinobject *)op;

    PyObject_GC_UnTrack(op);
    Py_XDECREF(self->pool);
    Py_XDECREF(self->result);
    PyMem_Free(self->indices);
    PyMem_Free(self->cycles);
    Py_TYPE(op)->tp_free(op);
}

static int combin_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((combinobject *)op)->pool);
    Py_VISIT(((combinobject *)op)->result);
    return 0;
}

/* An object with room for n indices; steals pool. */
static combinobject *combin_make(PyTypeObject *type, PyObject *pool, Py_ssize_t r, Py_ssize_t n)
{
    combinobject *self = (combinobject *)type->tp_alloc(type, 0);

    if (self == NULL) {
        Py_DECREF(pool);
        return NULL;
    }
    self->pool = pool;
    self->r = r;
    self->indices = PyMem_Calloc(n, sizeof(Py_ssize_t));
    if (self->indices == NULL) {
        Py_DECREF(self);
        PyErr_NoMemory();
        return NULL;
    }
    return self;
}

/* Makes self->result a tuple that may be changed: it held by us alone, or a copy of it. */
static int combin_own_result(combinobject *self)
{
    PyObject *old = self->result;

    if (Py_REFCNT(old) > 1) {
        PyObject *copy = PyTuple_New(self->r);
        if (copy == NULL)
            return -1;
        for (Py_ssize_t i = 0; i < self->r; i++) {
            PyObject *item = PyTuple_GET_ITEM(old, i);
            Py_INCREF(item);
            PyTuple_SET_ITEM(copy, i, item);
        }
        self->result = copy;
        Py_DECREF(old);
    } else if (self->r > 0 && !_PyObject_GC_IS_TRACKED(old))
        _PyObject_GC_TRACK(old);
    return 0;
}

/* The first result: the items at the indices as they stand. */
static PyObject *combin_first(combinobject *self)
{
    PyObject *result = PyTuple_New(self->r);

    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < self->r; i++) {
        PyObject *item = PyTuple_GET_ITEM(self->pool, self->indices[i]);
        Py_INCREF(item);
        PyTuple_SET_ITEM(result, i, item);
    }
    self->result = result;
    Py_INCREF(result);
    return result;
}

static void combin_show(combinobject *self, Py_ssize_t place, PyObject *item)
{
    Py_INCREF(item);
    Py_SETREF(PyTuple_GET_ITEM(self->result, place), item);
}

static PyObject *combin_give(combinobject *self)
{
    Py_INCREF(self->result);
    return self->result;
}

/* product */
static PyObject *product_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t nargs = PyTuple_GET_SIZE(args), repeat = 1;

    if (kwds != NULL) {
        static char *names[] = {"repeat", NULL};
        PyObject *none = PyTuple_New(0);
        if (none == NULL)
            return NULL;
        int ok = PyArg_ParseTupleAndKeywords(none, kwds, "|n:product", names, &repeat);
        Py_DECREF(none);
        if (!ok)
            return NULL;
        if (repeat < 0) {
            PyErr_SetString(PyExc_ValueError, "repeat argument cannot be negative");
            return NULL;
        }
    }
    if (repeat == 0)
        nargs = 0;
    else if (repeat > PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(Py_ssize_t) ||
             nargs > PY_SSIZE_T_MAX / (repeat * (Py_ssize_t)sizeof(Py_ssize_t))) {
        PyErr_SetString(PyExc_OverflowError, "repeat argument too large");
        return NULL;
    }
    Py_ssize_t n = nargs * repeat;
    PyObject *pools = PyTuple_New(n);
    if (pools == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *pool;
        if (i < nargs) {
            pool = PySequence_Tuple(PyTuple_GET_ITEM(args, i));
            if (pool == NULL) {
                Py_DECREF(pools);
                return NULL;
            }
        } else {
            pool = PyTuple_GET_ITEM(pools, i - nargs);
            Py_INCREF(pool);
        }
        PyTuple_SET_ITEM(pools, i, pool);
    }
    return (PyObject *)combin_make(type, pools, n, n);
}

static PyObject *product_next(PyObject *op)
{
    combinobject *self = (combinobject *)op;

    if (self->stopped)
        return NULL;
    if (self->result == NULL) {
        PyObject *result = PyTuple_New(self->r);
        if (result == NULL)
            goto stop;
        self->result = result;
        for (Py_ssize_t i = 0; i < self->r; i++) {
            PyObject *pool = PyTuple_GET_ITEM(self->pool, i);
            if (PyTuple_GET_SIZE(pool) == 0)
                goto stop;
            PyObject *item = PyTuple_GET_ITEM(pool, 0);
            Py_INCREF(item);
            PyTuple_SET_ITEM(result, i, item);
        }
        return combin_give(self);
    }
    if (combin_own_result(self) < 0)
        goto stop;
    for (Py_ssize_t i = self->r; --i >= 0;) {
        PyObject *pool = PyTuple_GET_ITEM(self->pool, i);
        int wrapped = ++self->indices[i] == PyTuple_GET_SIZE(pool);
        if (wrapped)
            self->indices[i] = 0;
        combin_show(self, i, PyTuple_GET_ITEM(pool, self->indices[i]));
        if (!wrapped)
            return combin_give(self);
    }
stop:
    self->stopped = 1;
    return NULL;
}

ITERTOOLS_TYPE(_PyItertools_Product, "itertools.product", combinobject, 48, combin_dealloc,
               combin_traverse, product_next, product_new,
               "product(*iterables) --> product object\n\n"
               "Cartesian product of input iterables; with repeat=n, of n times the iterables.");

/* The arguments (iterable, r) of combinations; the pool, or NULL. */
static PyObject *combin_arguments(PyObject *args, PyObject *kwds, const char *format, Py_ssize_t *r)
{
    static char *names[] = {"iterable", "r", NULL};
    PyObject *iterable;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, format, names, &iterable, r))
        return NULL;
    PyObject *pool = PySequence_Tuple(iterable);
    if (pool != NULL && *r < 0) {
        PyErr_SetString(PyExc_ValueError, "r must be non-negative");
        Py_CLEAR(pool);
    }
    return pool;
}

static PyObject *combinations_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t r;
    PyObject *pool = combin_arguments(args, kwds, "On:combinations", &r);

    if (pool == NULL)
        return NULL;
    combinobject *self = combin_make(type, pool, r, r);
    if (self == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < r; i++)
        self->indices[i] = i;
    self->stopped = r > PyTuple_GET_SIZE(pool);
    return (PyObject *)self;
}

static PyObject *combinations_next(PyObject *op)
{
    combinobject *self = (combinobject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, i;
    PyObject *first;

    if (self->stopped)
        return NULL;
    if (self->result == NULL) {
        first = combin_first(self);
        if (first == NULL)
            self->stopped = 1;
        return first;
    }
    if (combin_own_result(self) < 0)
        goto stop;
    /* The rightmost index that can go on; those behind it follow on its heels. */
    for (i = r - 1; i >= 0 && self->indices[i] == i + n - r; i--)
        ;
    if (i < 0)
        goto stop;
    self->indices[i]++;
    for (Py_ssize_t j = i + 1; j < r; j++)
        self->indices[j] = self->indices[j - 1] + 1;
    for (; i < r; i++)
        combin_show(self, i, PyTuple_GET_ITEM(self->pool, self->indices[i]));
    return combin_give(self);
stop:
    self->stopped = 1;
    return NULL;
}

ITERTOOLS_TYPE(_PyItertools_Combinations, "itertools.combinations", combinobject, 56,
               combin_dealloc, combin_traverse, combinations_next, combinations_new,
               "combinations(iterable, r) --> combinations object\n\n"
               "Successive r-length combinations of elements in the iterable.\n\n"
               "combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)");

static PyObject *combinations_wr_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t r;
    PyObject *pool = combin_arguments(args, kwds, "On:combinations_with_replacement", &r);

    if (pool == NULL)
        return NULL;
    combinobject *self = combin_make(type, pool, r, r);
    if (self != NULL)
        self->stopped = PyTuple_GET_SIZE(pool) == 0 && r > 0;
    return (PyObject *)self;
}

static PyObject *combinations_wr_next(PyObject *op)
{
    combinobject *self = (combinobject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, i;
    PyObject *first;

    if (self->stopped)
        return NULL;
    if (self->result == NULL) {
        first = combin_first(self);
        if (first == NULL)
            self->stopped = 1;
        return first;
    }
    if (combin_own_result(self) < 0)
        goto stop;
    for (i = r - 1; i >= 0 && self->indices[i] == n - 1; i--)
        ;
    if (i < 0)
        goto stop;
    Py_ssize_t index = self->indices[i] + 1;
    for (; i < r; i++) {
        self->indices[i] = index;
        combin_show(self, i, PyTuple_GET_ITEM(self->pool, index));
    }
    return combin_give(self);
stop:
    self->stopped = 1;
    return NULL;
}

ITERTOOLS_TYPE(_PyItertools_CombinationsWR, "itertools.combinations_with_replacement", combinobject,
               56, combin_dealloc, combin_traverse, combinations_wr_next, combinations_wr_new,
               "combinations_with_replacement(iterable, r) --> combinations_with_replacement "
               "object\n\n"
               "Successive r-length combinations of elements in the iterable, in which elements\n"
               "may be repeated.");

static PyObject *permutations_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"iterable", "r", NULL};
    PyObject *iterable, *length = Py_None;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|O:permutations", names, &iterable, &length))
        return NULL;
    PyObject *pool = PySequence_Tuple(iterable);
    if (pool == NULL)
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(pool), r = n;
    if (length != Py_None) {
        r = PyInt_AsSsize_t(length);
        if (r == -1 && PyErr_Occurred()) {
            Py_DECREF(pool);
            return NULL;
        }
    }
    if (r < 0) {
        PyErr_SetString(PyExc_ValueError, "r must be non-negative");
        Py_DECREF(pool);
        return NULL;
    }
    combinobject *self = combin_make(type, pool, r, n);
    if (self == NULL)
        return NULL;
    self->cycles = PyMem_New(Py_ssize_t, r);
    if (self->cycles == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < n; i++)
        self->indices[i] = i;
    for (Py_ssize_t i = 0; i < r; i++)
        self->cycles[i] = n - i;
    self->stopped = r > n;
    return (PyObject *)self;
}

static PyObject *permutations_next(PyObject *op)
{
    combinobject *self = (combinobject *)op;
    Py_ssize_t n = PyTuple_GET_SIZE(self->pool), r = self->r, *indices = self->indices;
    PyObject *first;

    if (self->stopped)
        return NULL;
    if (self->result == NULL) {
        first = combin_first(self);
        if (first == NULL)
            self->stopped = 1;
        return first;
    }
    if (n == 0 || combin_own_result(self) < 0)
        goto stop;
    for (Py_ssize_t i = r - 1; i >= 0; i--) {
        if (--self->cycles[i] == 0) {
            /* All were tried here: the first one goes to the end, and on with the place before. */
            Py_ssize_t index = indices[i];
            memmove(indices + i, indices + i + 1, (size_t)(n - 1 - i) * sizeof *indices);
            indices[n - 1] = index;
            self->cycles[i] = n - i;
            continue;
        }
        Py_ssize_t j = n - self->cycles[i], index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
        for (Py_ssize_t k = i; k < r; k++)
            combin_show(self, k, PyTuple_GET_ITEM(self->pool, indices[k]));
        return combin_give(self);
    }
stop:
    self->stopped = 1;
    return NULL;
}

ITERTOOLS_TYPE(_PyItertools_Permutations, "itertools.permutations", combinobject, 64,
               combin_dealloc, combin_traverse, permutations_next, permutations_new,
               "permutations(iterable[, r]) --> permutations object\n\n"
               "Successive r-length permutations of elements in the iterable.\n\n"
               "permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)");
