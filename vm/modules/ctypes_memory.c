/* SPDX-License-Identifier: MIT */
/* The register of live memory that ctypes gave addresses of (see ctypes_private.h): a treap by
 * start address in which each node knows the last end below it, as blocks may overlap (two views of
 * one buffer). Invariant: a block is in it only while its bytes are alive, or, for a buffer that
 * its owner may move, the owner is alive and is asked where the bytes are now.
 *
 * Blocks of strings, buffers and objects own their owner, as no one tells when such an object dies.
 * They are forgotten in a sweep once the register alone holds it; sweeps come when what was
 * registered since the last one has doubled. */
#include "ctypes_private.h"
#include "modules/mmap_shared.h"

static CBlock *root;
static uint64_t next_serial;
static uint32_t random_state = 0x9E3779B9;
static Py_ssize_t swept_count, swept_bytes; /* blocks that own their owner, now */
static Py_ssize_t sweep_at_count = 256, sweep_at_bytes = (Py_ssize_t)1 << 20;

/* ---- The treap */

static void update(CBlock *n)
{
    n->max_end = n->end;
    if (n->left != NULL && n->left->max_end > n->max_end)
        n->max_end = n->left->max_end;
    if (n->right != NULL && n->right->max_end > n->max_end)
        n->max_end = n->right->max_end;
}

/* Whether a stands before b: by start, then by identity. */
static int before(const CBlock *a, const CBlock *b)
{
    return a->start != b->start ? a->start < b->start : (uintptr_t)a < (uintptr_t)b;
}

static void split(CBlock *n, const CBlock *at, CBlock **low, CBlock **high)
{
    if (n == NULL) {
        *low = *high = NULL;
    } else if (before(n, at)) {
        split(n->right, at, &n->right, high);
        *low = n;
        update(n);
    } else {
        split(n->left, at, low, &n->left);
        *high = n;
        update(n);
    }
}

static CBlock *merge(CBlock *low, CBlock *high)
{
    if (low == NULL)
        return high;
    if (high == NULL)
        return low;
    if (low->priority > high->priority) {
        low->right = merge(low->right, high);
        update(low);
        return low;
    }
    high->left = merge(low, high->left);
    update(high);
    return high;
}

static CBlock *insert(CBlock *n, CBlock *block)
{
    if (n == NULL)
        return block;
    if (block->priority > n->priority) {
        split(n, block, &block->left, &block->right);
        update(block);
        return block;
    }
    if (before(block, n))
        n->left = insert(n->left, block);
    else
        n->right = insert(n->right, block);
    update(n);
    return n;
}

static CBlock *detach(CBlock *n, CBlock *block)
{
    if (n == NULL)
        return NULL;
    if (n == block)
        return merge(n->left, n->right);
    if (before(block, n))
        n->left = detach(n->left, block);
    else
        n->right = detach(n->right, block);
    update(n);
    return n;
}

/* ---- Blocks that own their owner */

static int owns_owner(CBlockKind kind)
{
    return kind == CBLOCK_STRING || kind == CBLOCK_SOURCE || kind == CBLOCK_OBJECT;
}

static int is_data(const CBlock *block)
{
    return block->kind != CBLOCK_OBJECT && block->kind != CBLOCK_CODE;
}

/* Takes the tree apart into two lists, linked through right: what nobody else needs, and the rest.
 */
static void sort_out(CBlock *n, CBlock **dead, CBlock **alive)
{
    while (n != NULL) {
        CBlock *right = n->right;
        sort_out(n->left, dead, alive);
        CBlock **list =
            owns_owner(n->kind) && n->pins == 0 && Py_REFCNT(n->owner) == 1 ? dead : alive;
        n->right = *list;
        *list = n;
        n = right;
    }
}

static void sweep(void)
{
    CBlock *dead = NULL, *alive = NULL;

    sort_out(root, &dead, &alive);
    root = NULL;
    while (alive != NULL) {
        CBlock *next = alive->right;
        alive->left = alive->right = NULL;
        update(alive);
        root = insert(root, alive);
        alive = next;
    }
    for (CBlock *d = dead; d != NULL; d = d->right) {
        swept_count--;
        swept_bytes -= (Py_ssize_t)(d->end - d->start);
    }
    sweep_at_count = 2 * swept_count + 256;
    sweep_at_bytes = 2 * swept_bytes + ((Py_ssize_t)1 << 20);
    /* The tree is whole again: letting go of an owner may run code that uses it. */
    while (dead != NULL) {
        CBlock *next = dead->right;
        Py_DECREF(dead->owner);
        PyMem_Free(dead);
        dead = next;
    }
}

CBlock *ctypes_block_add(CBlockKind kind, uint64_t start, Py_ssize_t size, PyObject *owner)
{
    CBlock *block = PyMem_Malloc(sizeof(CBlock));
    if (block == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    *block = (CBlock){.start = start,
                      .end = start + (uint64_t)size,
                      .priority = random_state,
                      .kind = kind,
                      .serial = next_serial++,
                      .owner = owner};
    update(block);
    if (owns_owner(kind)) {
        if (swept_count >= sweep_at_count || swept_bytes >= sweep_at_bytes)
            sweep();
        Py_INCREF(owner);
        swept_count++;
        swept_bytes += size;
    }
    root = insert(root, block);
    return block;
}

void ctypes_block_remove(CBlock *block)
{
    root = detach(root, block);
    if (owns_owner(block->kind)) {
        swept_count--;
        swept_bytes -= (Py_ssize_t)(block->end - block->start);
        Py_DECREF(block->owner);
    }
    PyMem_Free(block);
}

/* ---- Looking up */

/* Whether the bytes of a block are where they were; they may have been moved by a buffer's owner.
 */
static int still_there(CBlock *block)
{
    void *p;
    Py_ssize_t n;

    if (block->kind == CBLOCK_BUFFER) {
        if (ctypes_at((CData *)block->owner, 0, 0, 0) != NULL)
            return 1;
        PyErr_Clear();
        return 0;
    }
    if (block->kind == CBLOCK_SOURCE && _PyMmap_Check(block->owner)) {
        char *window;
        if (_PyMmap_Window(block->owner, 1, &window, &n) < 0) {
            PyErr_Clear();
            return 0;
        }
        return (uintptr_t)window == block->start && (uint64_t)n >= block->end - block->start;
    }
    if (block->kind == CBLOCK_SOURCE) {
        if (PyObject_AsWriteBuffer(block->owner, &p, &n) < 0) {
            PyErr_Clear();
            return 0;
        }
        return (uintptr_t)p == block->start && (uint64_t)n >= block->end - block->start;
    }
    return 1;
}

static CBlock *find(CBlock *n, uint64_t start, uint64_t end, int write)
{
    while (n != NULL && n->max_end >= end) {
        if (n->start > start) {
            n = n->left;
            continue;
        }
        if (n->end >= end && is_data(n) && !(write && n->kind == CBLOCK_STRING) && still_there(n))
            return n;
        CBlock *found = find(n->right, start, end, write);
        if (found != NULL)
            return found;
        n = n->left;
    }
    return NULL;
}

CBlock *ctypes_block_find(uint64_t address, Py_ssize_t size, int write)
{
    if (size < 0 || (uint64_t)size > UINT64_MAX - address)
        return NULL;
    return find(root, address, address + (uint64_t)size, write);
}

static CBlock *find_at(CBlock *n, uint64_t start, CBlockKind kind)
{
    while (n != NULL) {
        if (n->start == start) {
            if (n->kind == kind)
                return n;
            CBlock *found = find_at(n->left, start, kind);
            if (found != NULL)
                return found;
            n = n->right;
        } else {
            n = start < n->start ? n->left : n->right;
        }
    }
    return NULL;
}

CBlock *ctypes_block_at(uint64_t address, CBlockKind kind)
{
    return find_at(root, address, kind);
}

static void unknown(uint64_t address, Py_ssize_t size, int write)
{
    if (address == 0) {
        PyErr_SetString(PyExc_ValueError, "NULL pointer access");
        return;
    }
    char text[120];
    int read_only = write && ctypes_block_find(address, size, 0) != NULL;
    snprintf(text, sizeof text,
             read_only ? "the %" PRId64 " bytes at address 0x%" PRIx64
                         " are a string's, which must "
                         "not be changed"
                       : "no live ctypes memory of %" PRId64 " bytes at address 0x%" PRIx64,
             size, address);
    PyErr_SetString(PyExc_ValueError, text);
}

/* ---- Windows of mappings */

/* Where a write of ctypes is under way: the mapping (owned), or NULL. */
PyObject *ctypes_mapping;
static char *mapped_at;
static Py_ssize_t mapped_size;

/* The mapping that a block lies in, or NULL. */
static PyObject *mapping_of(CBlock *block)
{
    PyObject *owner = block->owner;

    if (block->kind == CBLOCK_BUFFER)
        owner = ((CData *)owner)->source;
    else if (block->kind != CBLOCK_SOURCE)
        return NULL;
    return owner != NULL && _PyMmap_Check(owner) ? owner : NULL;
}

char *ctypes_mapped(PyObject *mapping, char *p, Py_ssize_t size, int write)
{
    _PyMmap_Load(mapping, p, size);
    if (write) {
        PyObject *old = ctypes_mapping;
        Py_INCREF(mapping);
        ctypes_mapping = mapping;
        mapped_at = p;
        mapped_size = size;
        Py_XDECREF(old);
    }
    return p;
}

void ctypes_store_mapped(void)
{
    PyObject *mapping = ctypes_mapping;

    ctypes_mapping = NULL;
    _PyMmap_Store(mapping, mapped_at, mapped_size);
    Py_DECREF(mapping);
}

int ctypes_lend(void)
{
    PyObject *mapping = ctypes_mapping;
    void *p;
    Py_ssize_t n;
    int err;

    if (mapping == NULL)
        return 0;
    ctypes_mapping = NULL;
    err = PyObject_AsWriteBuffer(mapping, &p, &n);
    Py_DECREF(mapping);
    return err;
}

char *ctypes_memory(uint64_t address, Py_ssize_t size, int write)
{
    static char nothing[1];

    if (size == 0 && address != 0)
        return nothing;
    CBlock *block = address == 0 ? NULL : ctypes_block_find(address, size, write);
    if (block == NULL) {
        unknown(address, size, write);
        return NULL;
    }
    PyObject *mapping = mapping_of(block);
    if (mapping != NULL)
        return ctypes_mapped(mapping, (char *)(uintptr_t)address, size, write);
    return (char *)(uintptr_t)address;
}

Py_ssize_t ctypes_memory_extent(uint64_t address, char **p)
{
    CBlock *block = address == 0 ? NULL : ctypes_block_find(address, 1, 0);
    if (block == NULL) {
        unknown(address, 1, 0);
        return -1;
    }
    *p = (char *)(uintptr_t)address;
    PyObject *mapping = mapping_of(block);
    if (mapping != NULL)
        ctypes_mapped(mapping, *p, (Py_ssize_t)(block->end - address), 0);
    return (Py_ssize_t)(block->end - address);
}

/* ---- What else is known */

CBlock *ctypes_know_string(PyObject *str)
{
    uint64_t start = (uintptr_t)PyString_AS_STRING(str);
    CBlock *block = ctypes_block_at(start, CBLOCK_STRING);
    if (block != NULL)
        return block;
    return ctypes_block_add(CBLOCK_STRING, start, PyString_GET_SIZE(str) + 1, str);
}

uint64_t ctypes_block_serial(void)
{
    return next_serial;
}

void ctypes_forget_string(PyObject *str, uint64_t since)
{
    CBlock *block = ctypes_block_at((uintptr_t)PyString_AS_STRING(str), CBLOCK_STRING);
    if (block != NULL && block->serial >= since && block->pins == 0)
        ctypes_block_remove(block);
}

uint64_t _PyCtypes_KnowBuffer(PyObject *source)
{
    void *p;
    Py_ssize_t n;

    if (_PyMmap_Check(source)) {
        char *window;
        if (_PyMmap_Window(source, 1, &window, &n) < 0)
            return 0;
        p = window;
    } else if (PyObject_AsWriteBuffer(source, &p, &n) < 0)
        return 0;
    uint64_t start = (uintptr_t)p;
    CBlock *block = ctypes_block_at(start, CBLOCK_SOURCE);
    if (block != NULL && block->owner == source && block->end - start == (uint64_t)n)
        return start;
    if (ctypes_block_add(CBLOCK_SOURCE, start, n, source) == NULL)
        return 0;
    return start;
}

/* Objects that the collector tracks are found in its lists. Others, of types of C, cannot be missed
 * by anyone, so the register may hold them longer. */
int ctypes_know_object(PyObject *o)
{
    if (PyObject_IS_GC(o) && _PyObject_GC_IS_TRACKED(o))
        return 0;
    if (PyType_HasFeature(Py_TYPE(o), Py_TPFLAGS_HEAPTYPE))
        return 0;
    uint64_t address = (uintptr_t)o;
    if (ctypes_block_at(address, CBLOCK_OBJECT) != NULL)
        return 0;
    return ctypes_block_add(CBLOCK_OBJECT, address, 1, o) == NULL ? -1 : 0;
}

PyObject *ctypes_object_at(uint64_t address)
{
    CBlock *block = ctypes_block_at(address, CBLOCK_OBJECT);
    if (block != NULL)
        return block->owner;
    if (address == (uintptr_t)Py_None)
        return Py_None;
    for (int i = 0; i < 3; i++) {
        PyGC_Head *head = &_PyGC.generations[i].head;
        for (PyGC_Head *g = head->gc.gc_next; g != head; g = g->gc.gc_next)
            if ((uintptr_t)_Py_FROM_GC(g) == address)
                return _Py_FROM_GC(g);
    }
    if (address == 0)
        PyErr_SetString(PyExc_ValueError, "PyObject is NULL");
    else
        PyErr_SetString(PyExc_ValueError, "no object that ctypes knows is at this address");
    return NULL;
}

#define WIDE_NAME "_ctypes/cfield.c wchar_t buffer from unicode"

static void wide_free(PyObject *capsule)
{
    CBlock *block = PyCapsule_GetPointer(capsule, WIDE_NAME);
    void *memory = (void *)(uintptr_t)block->start;
    ctypes_block_remove(block);
    PyMem_Free(memory);
}

PyObject *ctypes_wide_copy(PyObject *unicode, uint64_t *address)
{
    Py_ssize_t n = (PyUnicode_GET_SIZE(unicode) + 1) * 4;
    void *memory = PyMem_Malloc(n);
    if (memory == NULL)
        return PyErr_NoMemory();
    memcpy(memory, PyUnicode_AS_UNICODE(unicode), (size_t)n);
    CBlock *block = ctypes_block_add(CBLOCK_RAW, (uintptr_t)memory, n, NULL);
    PyObject *capsule = block == NULL ? NULL : PyCapsule_New(block, WIDE_NAME, wide_free);
    if (capsule == NULL) {
        if (block != NULL)
            ctypes_block_remove(block);
        PyMem_Free(memory);
        return NULL;
    }
    block->owner = capsule;
    *address = (uintptr_t)memory;
    return capsule;
}
