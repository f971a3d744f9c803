/* SPDX-License-Identifier: MIT */
/* The module _ctypes: what its files share. C data as x86-64 Linux lays it out, on every target.
 *
 * Types. A ctypes type is a Python class whose metaclass keeps a CInfo behind the class object; a
 * class without one (Structure itself, say) is abstract.
 *
 * Memory. Invariant: no read or write leaves memory that is known to be alive. An object's bytes
 * are reached only through ctypes_at(), just before they are used and after all Python code that
 * the access needs has run. How it finds them depends on the object's kind: OWNED    allocated with
 * the object; VIEW     a part of another object, at an offset (so resize() may move the whole);
 *   BUFFER   from_buffer(): the source is asked for its buffer again at each access;
 *   FOREIGN  an address (from_address, a dereferenced pointer): looked up in the register of live
 *            blocks (ctypes_memory.c) at each access. An address that is in no block is a
 * ValueError. A block enters the register when its address is first given away, and leaves it when
 * it dies. */
#ifndef CTYPES_PRIVATE_H
#define CTYPES_PRIVATE_H
#include "Python.h"
#include "ctypes_memory.h"

typedef struct CBlock CBlock;

typedef enum {
    CKIND_STRUCT = 1,
    CKIND_UNION,
    CKIND_ARRAY,
    CKIND_POINTER,
    CKIND_SIMPLE,
    CKIND_FUNC
} CKind;

enum {
    CFLAG_FINAL = 1,      /* instances or other types rely on the layout */
    CFLAG_HASPOINTER = 2, /* some part is an address: not to be pickled */
    CFLAG_SWAPPED = 4,    /* a simple type of the other byte order */
    CFLAG_NOTSIMPLE = 8,  /* a subclass of a simple type: instances stay instances */
};

/* What a ctypes type is. References are owned. */
typedef struct {
    CKind kind;
    int flags;
    char code;              /* simple: its letter, else 0 */
    Py_ssize_t size, align; /* bytes */
    Py_ssize_t length;      /* fields, items; how many things an instance may have to keep */
    PyTypeObject *proto;    /* type of the items, of the target; NULL: a pointer to be completed */
    char *format;           /* PEP 3118, PyMem_Malloc; NULL is "B" */
    int ndim;               /* arrays: dimensions, and the size of one item of the innermost */
    Py_ssize_t *shape;
    PyObject *arrays; /* dict: length -> weak reference to the array type */
    PyObject *argtypes, *converters, *restype, *checker; /* functions; converters a tuple or NULL */
    int funcflags;
} CInfo;

/* A class object of one of the metaclasses. */
typedef struct {
    PyHeapTypeObject ht;
    CInfo *info;
} CTypeObject;

typedef enum { CMEM_OWNED, CMEM_VIEW, CMEM_BUFFER, CMEM_FOREIGN } CMem;

typedef struct CData {
    PyObject_HEAD CMem mem;
    char *ptr;          /* OWNED: the bytes. BUFFER: the source's buffer when last seen */
    uint64_t address;   /* FOREIGN */
    Py_ssize_t offset;  /* VIEW: in base. BUFFER: in the source's buffer */
    Py_ssize_t size;    /* bytes */
    Py_ssize_t length;  /* as CInfo's */
    Py_ssize_t index;   /* position in base */
    struct CData *base; /* whose part this is, or NULL */
    PyObject *objects;  /* what must stay alive: NULL, a thing, or a dict (_objects) */
    CBlock *pinned;     /* objects is borrowed from this block of a string */
    PyObject *source;   /* BUFFER */
    CBlock *block;      /* registered: the address was given away */
    int exports;        /* holds on the bytes: they must stay where they are */
    int views;          /* Py_buffers of this object */
    struct CHold *hold; /* what keeps the bytes in place meanwhile */
    union {
        char bytes[16];
        int64_t align;
    } inlined;
} CData;

/* A C function's argument, ready to be passed. */
typedef struct {
    PyObject_HEAD char tag; /* a simple type's letter; 'P' an address; 'V' a structure by value */
    unsigned char value[16];
    PyObject *obj; /* what it came from, kept alive */
} CArg;

extern PyTypeObject CStructMeta_Type, CUnionMeta_Type, CArrayMeta_Type, CPointerMeta_Type,
    CSimpleMeta_Type, CFuncMeta_Type;
extern PyTypeObject CData_Type, CStructure_Type, CUnion_Type, CArray_Type, CPointer_Type,
    CSimple_Type, CFunc_Type, CField_Type, CArg_Type, CThunk_Type;
extern PyObject *ctypes_ArgumentError, *ctypes_pointer_cache;
extern PyBufferProcs ctypes_as_buffer;

#define CData_Check(o) PyObject_TypeCheck(o, &CData_Type)
#define CArray_Check(o) PyObject_TypeCheck(o, &CArray_Type)
#define CPointer_Check(o) PyObject_TypeCheck(o, &CPointer_Type)
#define CSimple_Check(o) PyObject_TypeCheck(o, &CSimple_Type)
#define CFunc_Check(o) PyObject_TypeCheck(o, &CFunc_Type)
#define CArg_Check(o) (Py_TYPE(o) == &CArg_Type)

/* ---- ctypes_memory.c: the register of live blocks */
typedef enum {
    CBLOCK_OWNED,  /* owner: a CData whose bytes these are (borrowed; it removes the block) */
    CBLOCK_BUFFER, /* owner: a CData over a source's buffer (borrowed; it removes the block) */
    CBLOCK_RAW,    /* owner: a capsule that removes the block (borrowed) */
    CBLOCK_STRING, /* owner: a str, owned; read-only; forgotten once nobody else has it */
    CBLOCK_SOURCE, /* owner: an object with a writable buffer, owned; forgotten likewise */
    CBLOCK_OBJECT, /* owner: an object that py_object names, owned; forgotten likewise; no data */
    CBLOCK_CODE    /* owner: a CThunk (borrowed; it removes the block); no data */
} CBlockKind;
struct CBlock {
    uint64_t start, end, max_end;
    CBlock *left, *right;
    uint32_t priority;
    CBlockKind kind;
    Py_ssize_t pins; /* objects that rely on the owned reference */
    uint64_t serial; /* the blocks are numbered as they come */
    PyObject *owner;
};
CBlock *ctypes_block_add(CBlockKind kind, uint64_t start, Py_ssize_t size, PyObject *owner);
void ctypes_block_remove(CBlock *block);
/* The bytes at an address, for reading or writing; NULL with ValueError. */
char *ctypes_memory(uint64_t address, Py_ssize_t size, int write);
/* Bytes in the window of a mapping (mmap_shared.h), loaded; ctypes_stored() follows a write. */
char *ctypes_mapped(PyObject *mapping, char *p, Py_ssize_t size, int write);
/* The bytes that were asked for to be written, last, have been; NULL where that need not be told.
 */
extern PyObject *ctypes_mapping;
void ctypes_store_mapped(void);
static inline void ctypes_stored(void)
{
    if (ctypes_mapping != NULL)
        ctypes_store_mapped();
}
/* They are given to somebody who will not tell. 0 or -1. */
int ctypes_lend(void);
/* How many bytes are known from this address on; *p is where they are. -1 with ValueError. */
Py_ssize_t ctypes_memory_extent(uint64_t address, char **p);
/* The block that an access would use, or NULL without an exception. */
CBlock *ctypes_block_find(uint64_t address, Py_ssize_t size, int write);
/* The block of kind that starts at the address, or NULL. */
CBlock *ctypes_block_at(uint64_t address, CBlockKind kind);
/* The number that the next block will have. */
uint64_t ctypes_block_serial(void);
/* Forgets a str whose block is no older and that no object relies on: it was an argument. */
void ctypes_forget_string(PyObject *str, uint64_t since);
/* The block of the bytes of a str, registered if need be. */
CBlock *ctypes_know_string(PyObject *str);
/* Makes an object known to py_object; 0 or -1. */
int ctypes_know_object(PyObject *o);
/* The live object at an address, borrowed; NULL with ValueError. */
PyObject *ctypes_object_at(uint64_t address);
/* A capsule that owns a copy of the characters with a NUL after them; *address is the copy's. */
PyObject *ctypes_wide_copy(PyObject *unicode, uint64_t *address);

/* ---- ctypes_types.c */
CInfo *ctypes_info(PyObject *type);         /* of a class; NULL when it has none; no exception */
CInfo *ctypes_info_of(CData *o);            /* of an instance's class */
CInfo *ctypes_new_info(PyTypeObject *type); /* empty, replaces an older one */
CInfo *ctypes_copy_info(PyTypeObject *type, CInfo *from);
PyTypeObject *ctypes_array_type(PyTypeObject *item, Py_ssize_t length); /* new reference */
PyTypeObject *ctypes_meta_new(PyTypeObject *meta, PyObject *args, PyObject *kwds);
int ctypes_ready(PyTypeObject *type, PyTypeObject *meta, PyTypeObject *base);
PyObject *ctypes_as_parameter(PyObject *type, PyObject *value, const char *message, ...);
char *ctypes_strdup(const char *s);
extern PyMethodDef ctypes_meta_methods[];
extern PySequenceMethods ctypes_meta_as_sequence;
int ctypes_meta_traverse(PyObject *type, visitproc visit, void *arg);
int ctypes_meta_clear(PyObject *type);
void ctypes_meta_dealloc(PyObject *type);
#define CTYPES_META(name)                                                                          \
    .tp_name = name, .tp_basicsize = sizeof(CTypeObject), .tp_x64_basicsize = 872,                 \
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,                     \
    .tp_methods = ctypes_meta_methods, .tp_as_sequence = &ctypes_meta_as_sequence,                 \
    .tp_traverse = ctypes_meta_traverse, .tp_clear = ctypes_meta_clear,                            \
    .tp_dealloc = ctypes_meta_dealloc

/* ---- ctypes_data.c */
CData *ctypes_origin(CData *self, Py_ssize_t *offset); /* whose bytes, and where in it */
char *ctypes_at(CData *self, Py_ssize_t offset, Py_ssize_t size, int write);
int ctypes_address(CData *self, uint64_t *address); /* gives the address away; 0 or -1 */
PyObject *ctypes_new_data(PyTypeObject *type, PyObject *args, PyObject *kwds); /* tp_new */
PyObject *ctypes_view(PyTypeObject *type, CData *base, Py_ssize_t index, Py_ssize_t offset);
PyObject *ctypes_from_address(PyTypeObject *type, CData *base, Py_ssize_t index, uint64_t address);
CData *ctypes_container(CData *self); /* the root, with its objects made; NULL: no memory */
PyObject *ctypes_kept(CData *self);   /* borrowed: the root's objects */
int ctypes_keep(CData *self, Py_ssize_t index, PyObject *keep); /* steals keep */
PyObject *ctypes_kept_at(CData *self, Py_ssize_t index); /* borrowed, or NULL; no exception */
void ctypes_set_objects(CData *self, PyObject *objects); /* steals */
PyObject *ctypes_get(PyTypeObject *type, CData *self, Py_ssize_t index, Py_ssize_t offset);
int ctypes_set(PyTypeObject *type, CData *self, Py_ssize_t index, Py_ssize_t offset,
               PyObject *value);
/* The same at an address; self is the pointer that was followed. */
PyObject *ctypes_get_at(PyTypeObject *type, CData *self, Py_ssize_t index, uint64_t address);
int ctypes_set_at(PyTypeObject *type, CData *self, Py_ssize_t index, uint64_t address,
                  PyObject *value);
/* Puts a prefix and the class before the text of the current exception, which becomes an exc. */
void ctypes_extend_error(PyObject *exc, const char *prefix);
uint64_t ctypes_load_pointer(CData *self, int *err);
int ctypes_store_pointer(CData *self, uint64_t address);

/* ---- ctypes_simple.c */
/* The bytes of a Python value as code has it. *keep: what must stay alive, or NULL. 0 or -1. */
int ctypes_simple_set(char code, PyObject *value, unsigned char out[16], PyObject **keep);
/* The Python value; owner: where the bytes are, or NULL, and its index (for py_object). */
PyObject *ctypes_simple_get(char code, const unsigned char in[16], CData *owner, Py_ssize_t index);
Py_ssize_t ctypes_simple_size(char code); /* 0: no such code */
int ctypes_simple_bits(char code);        /* may have bit fields: 1 signed, 2 unsigned, 0 no */
void ctypes_swap(unsigned char *p, Py_ssize_t n);
PyObject *ctypes_encode(PyObject *string); /* str of a str or unicode, by the conversion mode */
PyObject *ctypes_decode(PyObject *string); /* unicode of either */
PyObject *ctypes_set_conversion_mode(PyObject *self, PyObject *args);
PyObject *ctypes_simple_value(CData *self);

/* ---- ctypes_param.c */
/* A C value: class 'i' for everything in an integer register (widened to 64 bits), 'f', 'd', 'g',
 * or 'V' for a structure, whose bytes are keep's. */
typedef struct {
    char class;
    unsigned char bytes[16];
    PyObject *keep; /* owned */
} CValue;
/* From the bytes that a letter's value has, in the target's order. */
void ctypes_load_value(CValue *v, char letter, const unsigned char *bytes);
/* The C value of an argument that is to be passed as number index (from 1). 0 or -1. */
int ctypes_to_value(CValue *v, PyObject *arg, Py_ssize_t index);
CArg *ctypes_new_arg(char tag, PyObject *obj); /* obj is borrowed, may be NULL */
CArg *ctypes_address_arg(CData *data, Py_ssize_t offset);

/* ---- ctypes_pyapi.c */
int ctypes_pyapi_find(const char *name); /* -1: there is no such function */
int ctypes_pyapi_run(int which, const CValue *values, Py_ssize_t n, CValue *result);

/* ---- ctypes_func.c */
PyObject *ctypes_call_function(PyObject *self, PyObject *args);
PyObject *ctypes_dlsym_error(PyObject *exc, PyObject *name);
/* The address of a function of a library, 0 without an exception when there is none. */
uint64_t ctypes_dlsym_address(PyObject *handle, const char *name);
enum {
    CFUNC_MEMMOVE = 1,
    CFUNC_MEMSET,
    CFUNC_STRING_AT,
    CFUNC_WSTRING_AT,
    CFUNC_CAST,
    CFUNC_PYAPI, /* and those after it */
    CFUNC_END = 64
};
PyObject *ctypes_function_address(int which);

/* ---- ctypes_pointer.c */
int ctypes_add_set_type(void); /* set_type(), which only that metaclass has */

#define CTYPES_DLHANDLE 0x7f0000000000 /* what dlopen(None) answers */

static inline uint64_t ctypes_load64(const void *p)
{
    uint64_t x;
    memcpy(&x, p, 8);
    return x;
}
#endif
