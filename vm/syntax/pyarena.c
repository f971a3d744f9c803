/* SPDX-License-Identifier: MIT */
/*
 * Arenas: a chain of blocks filled from the front, and a list of owned objects. Nothing is freed
 * before the arena is, so pointers into it need no care.
 */
#include "Python.h"
#include "asdl.h"

enum { BLOCK_SIZE = 32 * 1024, ALIGNMENT = 8 };

typedef struct block {
    struct block *next;
    Py_ssize_t size;
    Py_ssize_t used;
    union {
        double align_double;
        int64_t align_int;
        char bytes[1];
    } data;
} block;

struct _arena {
    block *blocks; /* the first is being filled */
    PyObject **objects;
    Py_ssize_t nobjects;
    Py_ssize_t capacity;
};

PyArena *PyArena_New(void)
{
    PyArena *arena = PyMem_Malloc((Py_ssize_t)sizeof(PyArena));
    if (arena == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(arena, 0, sizeof(*arena));
    return arena;
}

void PyArena_Free(PyArena *arena)
{
    Py_ssize_t i;
    block *next;

    if (arena == NULL)
        return;
    for (i = 0; i < arena->nobjects; i++)
        Py_DECREF(arena->objects[i]);
    PyMem_Free(arena->objects);
    while (arena->blocks != NULL) {
        next = arena->blocks->next;
        PyMem_Free(arena->blocks);
        arena->blocks = next;
    }
    PyMem_Free(arena);
}

void *PyArena_Malloc(PyArena *arena, Py_ssize_t size)
{
    block *b = arena->blocks;
    void *result;

    if (size < 0 || size > PY_SSIZE_T_MAX / 2) {
        PyErr_NoMemory();
        return NULL;
    }
    size = (size + ALIGNMENT - 1) & ~(Py_ssize_t)(ALIGNMENT - 1);
    if (b == NULL || b->size - b->used < size) {
        Py_ssize_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        b = PyMem_Malloc((Py_ssize_t)sizeof(block) + room);
        if (b == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        b->next = arena->blocks;
        b->size = room;
        b->used = 0;
        arena->blocks = b;
    }
    result = b->data.bytes + b->used;
    b->used += size;
    return result;
}

int PyArena_AddPyObject(PyArena *arena, PyObject *object)
{
    if (object == NULL)
        return -1;
    if (arena->nobjects == arena->capacity) {
        Py_ssize_t capacity = arena->capacity * 2 + 64;
        PyObject **bigger =
            PyMem_Realloc(arena->objects, capacity * (Py_ssize_t)sizeof(PyObject *));
        if (bigger == NULL) {
            Py_DECREF(object);
            PyErr_NoMemory();
            return -1;
        }
        arena->objects = bigger;
        arena->capacity = capacity;
    }
    arena->objects[arena->nobjects++] = object;
    return 0;
}

asdl_seq *asdl_seq_new(int size, PyArena *arena)
{
    Py_ssize_t bytes = (Py_ssize_t)sizeof(asdl_seq) + (Py_ssize_t)size * (Py_ssize_t)sizeof(void *);
    asdl_seq *seq = PyArena_Malloc(arena, bytes);
    if (seq == NULL)
        return NULL;
    memset(seq, 0, (size_t)bytes);
    seq->size = size;
    return seq;
}

asdl_int_seq *asdl_int_seq_new(int size, PyArena *arena)
{
    Py_ssize_t bytes =
        (Py_ssize_t)sizeof(asdl_int_seq) + (Py_ssize_t)size * (Py_ssize_t)sizeof(int);
    asdl_int_seq *seq = PyArena_Malloc(arena, bytes);
    if (seq == NULL)
        return NULL;
    memset(seq, 0, (size_t)bytes);
    seq->size = size;
    return seq;
}
