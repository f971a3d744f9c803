/* SPDX-License-Identifier: MIT */
/* ctypes objects: where their bytes are, what they keep alive, reading and writing parts of them by
 * type, buffers, pickling. Invariant: see ctypes_private.h; a pointer from ctypes_at() is good
 * until the next thing that may run Python code or release memory. */
#include "ctypes_private.h"
#include "modules/mmap_shared.h"

/* ---- Bytes */

static char *moved(void)
{
    PyErr_SetString(PyExc_ValueError, "the buffer that this object was made from has been moved");
    return NULL;
}

/* The object that has the bytes itself, and where in it. Views lead there, and buffers of other
 * ctypes objects: without recursion, as both may be many. */
CData *ctypes_origin(CData *self, Py_ssize_t *offset)
{
    for (;;) {
        if (self->mem == CMEM_VIEW) {
            *offset += self->offset;
            self = self->base;
        } else if (self->mem == CMEM_BUFFER && self->source != NULL && CData_Check(self->source)) {
            *offset += self->offset;
            self = (CData *)self->source;
        } else {
            return self;
        }
    }
}

char *ctypes_at(CData *self, Py_ssize_t offset, Py_ssize_t size, int write)
{
    self = ctypes_origin(self, &offset);
    if (self->mem == CMEM_FOREIGN)
        return ctypes_memory(self->address + (uint64_t)offset, size, write);
    if (self->mem == CMEM_BUFFER) {
        void *p;
        Py_ssize_t n;
        if (self->source != NULL && _PyMmap_Check(self->source)) {
            char *window;
            if (_PyMmap_Window(self->source, write, &window, &n) < 0) {
                PyErr_Clear();
                return moved();
            }
            offset += self->offset;
            if (window != self->ptr || offset < 0 || size > n || offset > n - size)
                return moved();
            return ctypes_mapped(self->source, window + offset, size, write);
        }
        if (self->source == NULL || PyObject_AsWriteBuffer(self->source, &p, &n) < 0) {
            PyErr_Clear();
            return moved();
        }
        offset += self->offset;
        if (p != self->ptr || offset < 0 || size > n || offset > n - size)
            return moved();
        return (char *)p + offset;
    }
    if (offset < 0 || size > self->size || offset > self->size - size) {
        PyErr_SetString(PyExc_ValueError, "access outside of the object's memory");
        return NULL;
    }
    return self->ptr + offset;
}

int ctypes_address(CData *self, uint64_t *address)
{
    Py_ssize_t offset = 0;
    self = ctypes_origin(self, &offset);
    if (self->mem == CMEM_FOREIGN) {
        *address = self->address + (uint64_t)offset;
        return 0;
    }
    char *p = ctypes_at(self, 0, 0, 0);
    if (p == NULL)
        return -1;
    if (self->block == NULL || self->block->start != (uintptr_t)p) {
        if (self->block != NULL)
            ctypes_block_remove(self->block);
        /* (All of the room inside the object is its memory, as a wider pointer may see.) */
        Py_ssize_t known = p == self->inlined.bytes
                               ? Py_MAX(self->size, (Py_ssize_t)sizeof self->inlined)
                               : self->size;
        self->block = ctypes_block_add(self->mem == CMEM_OWNED ? CBLOCK_OWNED : CBLOCK_BUFFER,
                                       (uintptr_t)p, known, (PyObject *)self);
        if (self->block == NULL)
            return -1;
    }
    *address = (uintptr_t)p + (uint64_t)offset;
    return 0;
}

/* ---- Making objects */

static CData *bare(PyTypeObject *type, CInfo *info)
{
    CData *self = (CData *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    info->flags |= CFLAG_FINAL;
    self->size = info->size;
    self->length = info->length;
    return self;
}

PyObject *ctypes_new_data(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    CInfo *info = ctypes_info((PyObject *)type);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return NULL;
    }
    CData *self = bare(type, info);
    if (self == NULL)
        return NULL;
    self->mem = CMEM_OWNED;
    if (self->size <= (Py_ssize_t)sizeof self->inlined) {
        self->ptr = self->inlined.bytes;
    } else {
        self->ptr = PyMem_Malloc(self->size);
        if (self->ptr == NULL) {
            self->ptr = self->inlined.bytes;
            self->size = 0;
            Py_DECREF(self);
            return PyErr_NoMemory();
        }
        memset(self->ptr, 0, (size_t)self->size);
    }
    return (PyObject *)self;
}

PyObject *ctypes_view(PyTypeObject *type, CData *base, Py_ssize_t index, Py_ssize_t offset)
{
    CData *self = bare(type, ctypes_info((PyObject *)type));
    if (self == NULL)
        return NULL;
    self->mem = CMEM_VIEW;
    Py_INCREF(base);
    self->base = base;
    self->index = index;
    self->offset = offset;
    return (PyObject *)self;
}

PyObject *ctypes_from_address(PyTypeObject *type, CData *base, Py_ssize_t index, uint64_t address)
{
    CData *self = bare(type, ctypes_info((PyObject *)type));
    if (self == NULL)
        return NULL;
    self->mem = CMEM_FOREIGN;
    Py_XINCREF(base);
    self->base = base;
    self->index = index;
    self->address = address;
    return (PyObject *)self;
}

/* ---- What is kept alive */

void ctypes_set_objects(CData *self, PyObject *objects)
{
    PyObject *old = self->objects;
    CBlock *pinned = self->pinned;
    self->objects = objects;
    self->pinned = NULL;
    if (pinned != NULL)
        pinned->pins--;
    else
        Py_XDECREF(old);
}

CData *ctypes_container(CData *self)
{
    while (self->base != NULL)
        self = self->base;
    if (self->objects == NULL && self->length != 0) {
        self->objects = PyDict_New();
        if (self->objects == NULL)
            return NULL;
    }
    return self;
}

PyObject *ctypes_kept(CData *self)
{
    self = ctypes_container(self);
    if (self == NULL)
        return NULL;
    return self->objects != NULL ? self->objects : Py_None;
}

/* The key of a part in the root's dict: indices in hexadecimal from the part up to the root. */
static PyObject *part_key(CData *self, Py_ssize_t index)
{
    char text[256];
    size_t n = (size_t)snprintf(text, sizeof text, "%x", (unsigned)(int)index);
    for (; self->base != NULL; self = self->base) {
        if (n > sizeof text - 24) {
            PyErr_SetString(PyExc_ValueError, "ctypes object structure too deep");
            return NULL;
        }
        n += (size_t)snprintf(text + n, sizeof text - n, ":%x", (unsigned)(int)self->index);
    }
    return PyString_FromStringAndSize(text, (Py_ssize_t)n);
}

int ctypes_keep(CData *self, Py_ssize_t index, PyObject *keep)
{
    if (keep == Py_None) {
        Py_DECREF(keep);
        return 0;
    }
    CData *top = ctypes_container(self);
    if (top == NULL) {
        Py_DECREF(keep);
        return -1;
    }
    if (top->objects == NULL || !PyDict_CheckExact(top->objects)) {
        ctypes_set_objects(top, keep);
        CBlock *block = PyString_CheckExact(keep)
                            ? ctypes_block_at((uintptr_t)PyString_AS_STRING(keep), CBLOCK_STRING)
                            : NULL;
        if (block != NULL && block->owner == keep) {
            /* The register has a reference already: that one will do. */
            block->pins++;
            top->pinned = block;
            Py_DECREF(keep);
        }
        return 0;
    }
    PyObject *key = part_key(self, index);
    int err = key == NULL ? -1 : PyDict_SetItem(top->objects, key, keep);
    Py_XDECREF(key);
    Py_DECREF(keep);
    return err;
}

PyObject *ctypes_kept_at(CData *self, Py_ssize_t index)
{
    CData *top = self;
    while (top->base != NULL)
        top = top->base;
    if (top->objects == NULL || !PyDict_CheckExact(top->objects))
        return top->objects;
    PyObject *key = part_key(self, index);
    if (key == NULL) {
        PyErr_Clear();
        return NULL;
    }
    PyObject *found = PyDict_GetItem(top->objects, key);
    Py_DECREF(key);
    return found;
}

/* ---- Parts by type */

/* Where a part is: in self at offset, or at an address. */
typedef struct {
    CData *self;
    Py_ssize_t index;
    int by_address;
    Py_ssize_t offset;
    uint64_t address;
} Place;

static char *place_bytes(const Place *at, Py_ssize_t size, int write)
{
    return at->by_address ? ctypes_memory(at->address, size, write)
                          : ctypes_at(at->self, at->offset, size, write);
}

static PyObject *get_part(PyTypeObject *type, const Place *at)
{
    CInfo *info = ctypes_info((PyObject *)type);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return NULL;
    }
    if (info->kind == CKIND_SIMPLE && !(info->flags & CFLAG_NOTSIMPLE)) {
        unsigned char bytes[16] = {0};
        char *p = place_bytes(at, info->size, 0);
        if (p == NULL)
            return NULL;
        memcpy(bytes, p, (size_t)info->size);
        if (info->flags & CFLAG_SWAPPED)
            ctypes_swap(bytes, info->size);
        return ctypes_simple_get(info->code, bytes, at->self, at->index);
    }
    return at->by_address ? ctypes_from_address(type, at->self, at->index, at->address)
                          : ctypes_view(type, at->self, at->index, at->offset);
}

void ctypes_extend_error(PyObject *exc, const char *prefix)
{
    PyObject *type, *value, *tb, *text = NULL, *class_text;

    PyErr_Fetch(&type, &value, &tb);
    PyErr_NormalizeException(&type, &value, &tb);
    class_text = PyObject_Str(type);
    if (class_text != NULL)
        text = PyObject_Str(value);
    if (text != NULL) {
        PyErr_Format(exc, "%s%s: %s", prefix, PyString_AS_STRING(class_text),
                     PyString_AS_STRING(text));
    } else {
        PyErr_Clear();
        PyErr_SetString(exc, prefix);
    }
    Py_XDECREF(class_text);
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

static int set_part(PyTypeObject *type, const Place *at, PyObject *value);

static int set_from_other(PyTypeObject *type, CInfo *info, const Place *at, PyObject *value)
{
    PyObject *made = NULL;

    if (PyTuple_Check(value)) {
        made = PyObject_CallObject((PyObject *)type, value);
        if (made == NULL) {
            char prefix[200];
            snprintf(prefix, sizeof prefix, "(%.150s) ", type->tp_name);
            ctypes_extend_error(PyExc_RuntimeError, prefix);
            return -1;
        }
        int err = set_part(type, at, made);
        Py_DECREF(made);
        return err;
    }
    if (info->kind == CKIND_POINTER && value == Py_None) {
        char *p = place_bytes(at, 8, 1);
        if (p == NULL)
            return -1;
        memset(p, 0, 8);
        ctypes_stored();
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "expected %s instance, got %s", type->tp_name,
                 Py_TYPE(value)->tp_name);
    return -1;
}

static int set_part(PyTypeObject *type, const Place *at, PyObject *value)
{
    CInfo *info = ctypes_info((PyObject *)type);
    PyObject *keep = NULL;
    char *to;

    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return -1;
    }
    if (!CData_Check(value)) {
        if (info->kind != CKIND_SIMPLE)
            return set_from_other(type, info, at, value);
        unsigned char bytes[16];
        if (ctypes_simple_set(info->code, value, bytes, &keep) < 0)
            return -1;
        if (info->flags & CFLAG_SWAPPED)
            ctypes_swap(bytes, info->size);
        to = place_bytes(at, info->size, 1);
        if (to == NULL) {
            Py_XDECREF(keep);
            return -1;
        }
        memcpy(to, bytes, (size_t)info->size);
        ctypes_stored();
        return keep == NULL ? 0 : ctypes_keep(at->self, at->index, keep);
    }
    CData *from = (CData *)value;
    int is = PyObject_IsInstance(value, (PyObject *)type);
    if (is < 0)
        return -1;
    if (is) {
        keep = ctypes_kept(from);
        if (keep == NULL)
            return -1;
        char *source = ctypes_at(from, 0, info->size, 0);
        to = source == NULL ? NULL : place_bytes(at, info->size, 1);
        if (to == NULL)
            return -1;
        memmove(to, source, (size_t)info->size);
        ctypes_stored();
        Py_INCREF(keep);
        return ctypes_keep(at->self, at->index, keep);
    }
    if (info->kind == CKIND_POINTER && CArray_Check(value) && info->proto != NULL) {
        /* An array becomes a pointer to its first item; it and what it keeps stay. */
        CInfo *other = ctypes_info_of(from);
        if (other->proto != NULL && PyType_IsSubtype(other->proto, info->proto)) {
            uint64_t address;
            if (ctypes_address(from, &address) < 0 || (to = place_bytes(at, 8, 1)) == NULL)
                return -1;
            memcpy(to, &address, 8);
            ctypes_stored();
            PyObject *kept = ctypes_kept(from);
            keep = kept == NULL ? NULL : PyTuple_Pack(2, kept, value);
            return keep == NULL ? -1 : ctypes_keep(at->self, at->index, keep);
        }
    }
    PyErr_Format(PyExc_TypeError, "incompatible types, %s instance instead of %s instance",
                 Py_TYPE(value)->tp_name, type->tp_name);
    return -1;
}

PyObject *ctypes_get(PyTypeObject *type, CData *self, Py_ssize_t index, Py_ssize_t offset)
{
    return get_part(type, &(Place){.self = self, .index = index, .offset = offset});
}

int ctypes_set(PyTypeObject *type, CData *self, Py_ssize_t index, Py_ssize_t offset,
               PyObject *value)
{
    return set_part(type, &(Place){.self = self, .index = index, .offset = offset}, value);
}

PyObject *ctypes_get_at(PyTypeObject *type, CData *self, Py_ssize_t index, uint64_t address)
{
    return get_part(type,
                    &(Place){.self = self, .index = index, .by_address = 1, .address = address});
}

int ctypes_set_at(PyTypeObject *type, CData *self, Py_ssize_t index, uint64_t address,
                  PyObject *value)
{
    return set_part(
        type, &(Place){.self = self, .index = index, .by_address = 1, .address = address}, value);
}

uint64_t ctypes_load_pointer(CData *self, int *err)
{
    char *p = ctypes_at(self, 0, 8, 0);
    if (p == NULL) {
        *err = -1;
        return 0;
    }
    return ctypes_load64(p);
}

int ctypes_store_pointer(CData *self, uint64_t address)
{
    char *p = ctypes_at(self, 0, 8, 1);
    if (p == NULL)
        return -1;
    memcpy(p, &address, 8);
    ctypes_stored();
    return 0;
}

/* ---- Buffers */

/* What keeps an object's bytes where they are while Py_buffers of them exist. One for all of the
 * object's buffers: a memoryview may hand on a buffer with another's internal pointer. */
typedef struct CHold {
    CData *data;      /* its bytes: not to be resized */
    PyObject *other;  /* or this object */
    PyObject *mapped; /* or this mapping, held */
    PyObject *types;  /* list: classes that the object had, whose shapes are seen */
    Py_buffer locked; /* or the source of a buffer, as its own exporter locks it */
} Hold;

static int hold_mapping(Hold *hold, PyObject *mapping)
{
    if (_PyMmap_Hold(mapping) < 0)
        return -1;
    hold->mapped = mapping;
    return 0;
}

static int hold_bytes(Hold *hold, CData *self, Py_ssize_t size)
{
    Py_ssize_t offset = 0;
    CData *top = ctypes_origin(self, &offset);
    if (top->mem == CMEM_FOREIGN) {
        uint64_t address;
        if (size == 0)
            return 0;
        if (ctypes_address(self, &address) < 0)
            return -1;
        CBlock *block = ctypes_block_find(address, size, 1);
        if (block == NULL) {
            ctypes_memory(address, size, 1);
            return -1;
        }
        if (block->kind == CBLOCK_RAW) {
            hold->other = block->owner;
            Py_INCREF(hold->other);
            return 0;
        }
        if (block->kind == CBLOCK_SOURCE && _PyMmap_Check(block->owner))
            return hold_mapping(hold, block->owner);
        if (block->kind == CBLOCK_SOURCE)
            return PyObject_GetBuffer(block->owner, &hold->locked, PyBUF_WRITABLE);
        top = (CData *)block->owner;
    }
    if (top->mem == CMEM_BUFFER && _PyMmap_Check(top->source))
        return hold_mapping(hold, top->source);
    if (top->mem == CMEM_BUFFER)
        return PyObject_GetBuffer(top->source, &hold->locked, PyBUF_WRITABLE);
    Py_INCREF(top);
    hold->data = top;
    top->exports++;
    return 0;
}

static void let_go(Hold *hold)
{
    if (hold->data != NULL) {
        hold->data->exports--;
        Py_DECREF(hold->data);
    }
    Py_XDECREF(hold->other);
    if (hold->mapped != NULL)
        _PyMmap_LetGo(hold->mapped);
    Py_XDECREF(hold->types);
    if (hold->locked.obj != NULL)
        PyBuffer_Release(&hold->locked);
    PyMem_Free(hold);
}

static int data_getbuffer(PyObject *o, Py_buffer *view, int flags)
{
    CData *self = (CData *)o;
    CInfo *info = ctypes_info_of(self), *item = info;

    if (view == NULL)
        return 0;
    view->obj = NULL;
    Hold *hold = self->hold;
    if (hold == NULL) {
        hold = PyMem_Malloc(sizeof(Hold));
        if (hold == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memset(hold, 0, sizeof *hold);
        if ((hold->types = PyList_New(0)) == NULL || hold_bytes(hold, self, self->size) < 0) {
            let_go(hold);
            return -1;
        }
    }
    PyObject *type = (PyObject *)Py_TYPE(o);
    Py_ssize_t known = PyList_GET_SIZE(hold->types);
    if (((known == 0 || PyList_GET_ITEM(hold->types, known - 1) != type) &&
         PyList_Append(hold->types, type) < 0) ||
        (view->buf = ctypes_at(self, 0, self->size, 1)) == NULL) {
        if (self->hold == NULL)
            let_go(hold);
        return -1;
    }
    self->hold = hold;
    self->views++;
    while (item->kind == CKIND_ARRAY && item->proto != NULL)
        item = ctypes_info((PyObject *)item->proto);
    Py_INCREF(self);
    view->obj = o;
    view->len = self->size;
    view->readonly = 0;
    view->format = info->format != NULL ? info->format : "B";
    view->itemsize = self->size == 0 ? 0 : item->size;
    view->ndim = info->ndim;
    view->shape = info->shape;
    view->strides = NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

static void data_releasebuffer(PyObject *o, Py_buffer *view)
{
    CData *self = (CData *)o;
    if (--self->views == 0) {
        Hold *hold = self->hold;
        self->hold = NULL;
        let_go(hold);
    }
}

static Py_ssize_t data_oldbuffer(PyObject *o, Py_ssize_t segment, void **p)
{
    CData *self = (CData *)o;
    if (segment != 0) {
        PyErr_SetString(PyExc_SystemError, "accessing non-existent buffer segment");
        return -1;
    }
    char *bytes = ctypes_at(self, 0, self->size, 1);
    if (bytes == NULL || ctypes_lend() < 0)
        return -1;
    *p = bytes;
    return self->size;
}

static Py_ssize_t data_segments(PyObject *o, Py_ssize_t *total)
{
    if (total != NULL)
        *total = ((CData *)o)->size;
    return 1;
}

PyBufferProcs ctypes_as_buffer = {
    .bf_getreadbuffer = data_oldbuffer,
    .bf_getwritebuffer = data_oldbuffer,
    .bf_getsegcount = data_segments,
    .bf_getbuffer = data_getbuffer,
    .bf_releasebuffer = data_releasebuffer,
};

/* ---- Methods of all ctypes objects */

static PyObject *data_reduce(PyObject *o, PyObject *unused)
{
    CData *self = (CData *)o;
    CInfo *info = ctypes_info_of(self);

    if (info->flags & CFLAG_HASPOINTER) {
        PyErr_SetString(PyExc_ValueError, "ctypes objects containing pointers cannot be pickled");
        return NULL;
    }
    PyObject *dict = PyObject_GetAttrString(o, "__dict__");
    if (dict == NULL)
        return NULL;
    char *p = ctypes_at(self, 0, self->size, 0);
    PyObject *bytes = p == NULL ? NULL : PyString_FromStringAndSize(p, self->size);
    PyObject *module = bytes == NULL ? NULL : PyImport_ImportModule("_ctypes");
    PyObject *unpickle = module == NULL ? NULL : PyObject_GetAttrString(module, "_unpickle");
    Py_XDECREF(module);
    if (unpickle == NULL) {
        Py_DECREF(dict);
        Py_XDECREF(bytes);
        return NULL;
    }
    return Py_BuildValue("(N(O(NN)))", unpickle, Py_TYPE(o), dict, bytes);
}

static PyObject *data_setstate(PyObject *o, PyObject *args)
{
    CData *self = (CData *)o;
    PyObject *state, *bytes;

    if (!PyArg_ParseTuple(args, "OS", &state, &bytes))
        return NULL;
    PyObject *dict = PyObject_GetAttrString(o, "__dict__");
    if (dict == NULL)
        return NULL;
    if (!PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%.200s.__dict__ must be a dictionary, not %.200s",
                     Py_TYPE(o)->tp_name, Py_TYPE(dict)->tp_name);
        Py_DECREF(dict);
        return NULL;
    }
    /* Bytes from outside must not become addresses that look like our own: types with pointers are
     * not pickled, but __setstate__ can be called. Addresses are checked when they are used. */
    Py_ssize_t n = Py_MIN(PyString_GET_SIZE(bytes), self->size);
    char *p = ctypes_at(self, 0, n, 1);
    if (p == NULL) {
        Py_DECREF(dict);
        return NULL;
    }
    memmove(p, PyString_AS_STRING(bytes), (size_t)n);
    ctypes_stored();
    int err = PyDict_Update(dict, state);
    Py_DECREF(dict);
    if (err < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *data_from_outparam(PyObject *self, PyObject *unused)
{
    Py_INCREF(self);
    return self;
}

static py_long data_hash(PyObject *self)
{
    PyErr_SetString(PyExc_TypeError, "unhashable type");
    return -1;
}

static PyObject *data_get_needsfree(PyObject *self, void *closure)
{
    return PyInt_FromLong(((CData *)self)->mem == CMEM_OWNED);
}

static int data_traverse(PyObject *o, visitproc visit, void *arg)
{
    CData *self = (CData *)o;
    Py_VISIT(self->base);
    Py_VISIT(self->source);
    if (self->pinned == NULL)
        Py_VISIT(self->objects);
    return 0;
}

static int data_clear(PyObject *o)
{
    CData *self = (CData *)o;
    ctypes_set_objects(self, NULL);
    /* A view without its base, a buffer without its source: nothing that can be reached. */
    if (self->base != NULL) {
        if (self->mem == CMEM_VIEW) {
            self->mem = CMEM_FOREIGN;
            self->address = 0;
        }
        Py_CLEAR(self->base);
    }
    if (self->block != NULL && self->mem == CMEM_BUFFER) {
        ctypes_block_remove(self->block);
        self->block = NULL;
    }
    Py_CLEAR(self->source);
    return 0;
}

static void data_dealloc(PyObject *o)
{
    CData *self = (CData *)o;
    if (self->block != NULL) {
        ctypes_block_remove(self->block);
        self->block = NULL;
    }
    data_clear(o);
    if (self->mem == CMEM_OWNED && self->ptr != self->inlined.bytes)
        PyMem_Free(self->ptr);
    Py_TYPE(o)->tp_free(o);
}

static PyMethodDef data_methods[] = {
    {"__ctypes_from_outparam__", data_from_outparam, METH_NOARGS, NULL},
    {"__reduce__", data_reduce, METH_NOARGS, NULL},
    {"__setstate__", data_setstate, METH_VARARGS, NULL},
    {NULL},
};
static PyMemberDef data_members[] = {
    {"_b_base_", T_OBJECT, offsetof(CData, base), READONLY, "the base object"},
    {"_objects", T_OBJECT, offsetof(CData, objects), READONLY,
     "internal objects tree (NEVER CHANGE THIS OBJECT!)"},
    {NULL},
};
static PyGetSetDef data_getset[] = {
    {"_b_needsfree_", data_get_needsfree, NULL, "whether the object owns the memory or not", NULL},
    {NULL},
};

PyTypeObject CData_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_ctypes._CData",
    .tp_basicsize = sizeof(CData),
    .tp_x64_basicsize = 96,
    .tp_dealloc = data_dealloc,
    .tp_hash = data_hash,
    .tp_as_buffer = &ctypes_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_NEWBUFFER,
    .tp_doc = "XXX to be provided",
    .tp_traverse = data_traverse,
    .tp_clear = data_clear,
    .tp_methods = data_methods,
    .tp_members = data_members,
    .tp_getset = data_getset,
};
