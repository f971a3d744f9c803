/* SPDX-License-Identifier: MIT */
/* The module _random: the Mersenne Twister MT19937 of Matsumoto and Nishimura, seeded by
 * init_by_array, with doubles of 53 bits. Streams are those of CPython 2.7 for the same seeds. */
#include "Python.h"
#include "host/host.h"

#define WORDS 624
#define MIDDLE 397
#define TOP_BIT 0x80000000u
#define LOW_BITS 0x7fffffffu

typedef struct {
    PyObject_HEAD uint32_t state[WORDS];
    int index; /* of the next word; WORDS: the state must be renewed */
} RandomObject;

static PyTypeObject Random_Type;

/* ---- The generator ------------------------------------------------------------------------------
 */

static void renew(uint32_t *s)
{
    for (int i = 0; i < WORDS; i++) {
        uint32_t y = (s[i] & TOP_BIT) | (s[(i + 1) % WORDS] & LOW_BITS);
        s[i] = s[(i + MIDDLE) % WORDS] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
}

static uint32_t next_word(RandomObject *self)
{
    if (self->index >= WORDS) {
        renew(self->state);
        self->index = 0;
    }
    uint32_t y = self->state[self->index++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static void seed_word(RandomObject *self, uint32_t seed)
{
    self->state[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++)
        self->state[i] = 1812433253u * (self->state[i - 1] ^ (self->state[i - 1] >> 30)) + i;
    self->index = WORDS;
}

static void seed_array(RandomObject *self, const uint32_t *key, Py_ssize_t n)
{
    uint32_t *s = self->state, i = 1;
    Py_ssize_t j = 0;

    seed_word(self, 19650218u);
    for (Py_ssize_t k = Py_MAX(WORDS, n); k > 0; k--) {
        s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1664525u)) + key[j] + (uint32_t)j;
        if (++i >= WORDS) {
            s[0] = s[WORDS - 1];
            i = 1;
        }
        if (++j >= n)
            j = 0;
    }
    for (int k = WORDS - 1; k > 0; k--) {
        s[i] = (s[i] ^ ((s[i - 1] ^ (s[i - 1] >> 30)) * 1566083941u)) - i;
        if (++i >= WORDS) {
            s[0] = s[WORDS - 1];
            i = 1;
        }
    }
    s[0] = 0x80000000u;
}

/* ---- Methods
 * --------------------------------------------------------------------------------------- */

PyDoc_STRVAR(random_doc, "random() -> x in the interval [0, 1).");
static PyObject *random_random(PyObject *self, PyObject *unused)
{
    RandomObject *r = (RandomObject *)self;
    uint32_t a = next_word(r) >> 5, b = next_word(r) >> 6;
    return PyFloat_FromDouble((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

/* Seeds from an integer's size, from another object's hash, or (None) from the clock. */
static int seed_from(RandomObject *self, PyObject *arg)
{
    PyObject *n = NULL;
    uint32_t *key = NULL;
    int result = -1;

    if (arg == NULL || arg == Py_None) {
        int64_t now = host_clock_ns(HOST_CLOCK_REALTIME) / 1000000000;
        seed_word(self, (uint32_t)now);
        return 0;
    }
    if (PyInt_Check(arg) || PyLong_Check(arg)) {
        /* The plain value's, whatever a subclass makes of abs(). */
        n = PyInt_Check(arg) ? PyInt_Type.tp_as_number->nb_absolute(arg)
                             : PyLong_Type.tp_as_number->nb_absolute(arg);
    } else {
        py_long hash = PyObject_Hash(arg);
        if (hash == -1)
            return -1;
        n = PyLong_FromUnsignedLong((py_ulong)hash);
    }
    if (n != NULL && PyInt_Check(n)) {
        PyObject *t = PyLong_FromUnsignedLong((py_ulong)PyInt_AS_LONG(n));
        Py_SETREF(n, t);
    }
    if (n == NULL)
        return -1;
    Py_ssize_t bits = _PyLong_NumBits(n);
    if (bits < 0)
        goto done;
    Py_ssize_t words = bits == 0 ? 1 : (bits - 1) / 32 + 1;
    key = PyMem_New(uint32_t, words);
    if (key == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    if (_PyLong_AsByteArray((PyLongObject *)n, (unsigned char *)key, words * 4, 1, 0) < 0)
        goto done;
    for (Py_ssize_t i = 0; i < words; i++) {
        const unsigned char *p = (unsigned char *)&key[i];
        key[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    }
    seed_array(self, key, words);
    result = 0;
done:
    PyMem_Free(key);
    Py_DECREF(n);
    return result;
}

PyDoc_STRVAR(seed_doc,
             "seed([n]) -> None\n\nSets the state from an object's value or hash; without one, or\n\
from None, from the time.");
static PyObject *random_seed(PyObject *self, PyObject *args)
{
    PyObject *arg = NULL;
    if (!PyArg_UnpackTuple(args, "seed", 0, 1, &arg))
        return NULL;
    if (seed_from((RandomObject *)self, arg) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(getstate_doc, "getstate() -> tuple with the current state.");
static PyObject *random_getstate(PyObject *self, PyObject *unused)
{
    RandomObject *r = (RandomObject *)self;
    PyObject *state = PyTuple_New(WORDS + 1);

    if (state == NULL)
        return NULL;
    for (int i = 0; i <= WORDS; i++) {
        PyObject *item =
            i < WORDS ? PyLong_FromUnsignedLong(r->state[i]) : PyLong_FromLong(r->index);
        if (item == NULL) {
            Py_DECREF(state);
            return NULL;
        }
        PyTuple_SET_ITEM(state, i, item);
    }
    return state;
}

PyDoc_STRVAR(setstate_doc, "setstate(state) -> None\n\nRestores what getstate() gave.");
static PyObject *random_setstate(PyObject *self, PyObject *state)
{
    RandomObject *r = (RandomObject *)self;
    uint32_t fresh[WORDS];

    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state vector must be a tuple");
        return NULL;
    }
    if (PyTuple_GET_SIZE(state) != WORDS + 1) {
        PyErr_SetString(PyExc_ValueError, "state vector is the wrong size");
        return NULL;
    }
    for (int i = 0; i < WORDS; i++) {
        py_ulong x = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(state, i));
        if (x == PY_ULONG_MAX && PyErr_Occurred())
            return NULL;
        fresh[i] = (uint32_t)x;
    }
    py_long index = PyLong_AsLong(PyTuple_GET_ITEM(state, WORDS));
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (index < 0 || index > WORDS) {
        PyErr_SetString(PyExc_ValueError, "invalid state");
        return NULL;
    }
    memcpy(r->state, fresh, sizeof fresh);
    r->index = (int)index;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(jumpahead_doc,
             "jumpahead(n) -> None\n\nMakes a new state from the present one and n.");
static PyObject *random_jumpahead(PyObject *self, PyObject *n)
{
    RandomObject *r = (RandomObject *)self;

    if (!PyInt_Check(n) && !PyLong_Check(n)) {
        PyErr_Format(PyExc_TypeError, "jumpahead requires an integer, not '%s'",
                     Py_TYPE(n)->tp_name);
        return NULL;
    }
    for (int i = WORDS - 1; i > 1; i--) {
        PyObject *by = PyInt_FromLong(i), *rest = by != NULL ? PyNumber_Remainder(n, by) : NULL;
        Py_XDECREF(by);
        if (rest == NULL)
            return NULL;
        py_long j = PyInt_AsLong(rest);
        Py_DECREF(rest);
        if ((j == -1 && PyErr_Occurred()) || j < 0 || j >= i)
            return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "invalid state");
        uint32_t t = r->state[i];
        r->state[i] = r->state[j];
        r->state[j] = t;
    }
    for (uint32_t i = 0; i < WORDS; i++)
        r->state[i] += i + 1;
    r->index = WORDS;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(getrandbits_doc, "getrandbits(k) -> x\n\nA long with k random bits.");
static PyObject *random_getrandbits(PyObject *self, PyObject *args)
{
    int k;

    if (!PyArg_ParseTuple(args, "i:getrandbits", &k))
        return NULL;
    if (k <= 0) {
        PyErr_SetString(PyExc_ValueError, "number of bits must be greater than zero");
        return NULL;
    }
    Py_ssize_t bytes = ((Py_ssize_t)(k - 1) / 32 + 1) * 4;
    unsigned char *p = PyMem_Malloc(bytes);
    if (p == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < bytes; i += 4, k -= 32) {
        uint32_t x = next_word((RandomObject *)self);
        if (k < 32)
            x >>= 32 - k;
        for (int j = 0; j < 4; j++)
            p[i + j] = (unsigned char)(x >> (8 * j));
    }
    PyObject *result = _PyLong_FromByteArray(p, bytes, 1, 0);
    PyMem_Free(p);
    return result;
}

static PyObject *random_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *arg = NULL;

    if (type == &Random_Type && !_PyArg_NoKeywords("Random()", kwds))
        return NULL;
    PyObject *self = type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    if (!PyArg_UnpackTuple(args, "seed", 0, 1, &arg) || seed_from((RandomObject *)self, arg) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return self;
}

static PyMethodDef random_methods[] = {
    {"random", random_random, METH_NOARGS, random_doc},
    {"seed", random_seed, METH_VARARGS, seed_doc},
    {"getstate", random_getstate, METH_NOARGS, getstate_doc},
    {"setstate", random_setstate, METH_O, setstate_doc},
    {"jumpahead", random_jumpahead, METH_O, jumpahead_doc},
    {"getrandbits", random_getrandbits, METH_VARARGS, getrandbits_doc},
    {NULL, NULL, 0, NULL},
};

PyDoc_STRVAR(random_type_doc, "Random() -> a random number generator with its own state.");

static PyTypeObject Random_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_random.Random",
    .tp_basicsize = sizeof(RandomObject),
    .tp_x64_basicsize = 5016,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = random_type_doc,
    .tp_methods = random_methods,
    .tp_new = random_new,
};

void init_random(void)
{
    if (PyType_Ready(&Random_Type) < 0)
        return;
    PyObject *m = Py_InitModule3("_random", NULL, "The Mersenne Twister behind the module random.");
    if (m == NULL)
        return;
    Py_INCREF(&Random_Type);
    PyModule_AddObject(m, "Random", (PyObject *)&Random_Type);
}
