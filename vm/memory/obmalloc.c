/* SPDX-License-Identifier: MIT */
/* The allocator for small objects. Arenas of 256 KB, aligned to their size, are cut into pools of 4
 * KB; a pool serves blocks of one size class (a multiple of 8 up to 512 bytes). Whether an address
 * is ours is answered by a map of arenas, never by reading foreign memory. Invariants: a pool is in
 * its class's list exactly while it has both free and used blocks; a pool without used blocks
 * belongs to its arena again; an arena without used pools goes back to the system, except one kept
 * against thrashing. */
#include "Python.h"
#include "watched.h"

#ifdef KRAIT_WATCHED
/* The sanitizer watches every block by itself. */
void *PyObject_Malloc(Py_ssize_t n)
{
    return PyMem_Malloc(n);
}
void *PyObject_Realloc(void *p, Py_ssize_t n)
{
    return PyMem_Realloc(p, n);
}
void PyObject_Free(void *p)
{
    PyMem_Free(p);
}
#else

#define ARENA_BITS 18
#define ARENA_SIZE ((size_t)1 << ARENA_BITS)
#define POOL_SIZE ((size_t)4096)
#define ALIGNMENT 8
#define SMALL_MAX 512
#define CLASSES (SMALL_MAX / ALIGNMENT)

typedef struct arena arena_t;
typedef struct pool pool_t;

struct pool {
    pool_t *next, *prev; /* in the class's list, or next alone among an arena's free pools */
    void *free;          /* freed blocks, each holding the address of the next */
    arena_t *arena;
    uint32_t used;  /* blocks in use */
    uint32_t fresh; /* offset of the first block never used */
    uint32_t size_class;
    uint32_t capacity;
};

struct arena {
    char *base;
    arena_t *next, *prev; /* among the arenas with a pool to give */
    pool_t *free_pools;
    char *fresh; /* first pool never used */
    int available, total;
};

#define POOL_HEADER ((sizeof(pool_t) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1))

static pool_t *used_pools[CLASSES]; /* heads, NULL when none */
static arena_t *open_arenas;
static int idle_arenas;

/* ---- Which addresses are ours -----------------------------------------------------------------
 */

#if UINTPTR_MAX > 0xffffffffu
/* 48 address bits: two levels of 15. */
#define LEAF_BITS 15
static uint8_t *arena_map[(size_t)1 << (48 - ARENA_BITS - LEAF_BITS)];

static inline int is_ours(const void *p)
{
    uintptr_t a = (uintptr_t)p >> ARENA_BITS;
    if (a >> (48 - ARENA_BITS))
        return 0;
    const uint8_t *leaf = arena_map[a >> LEAF_BITS];
    return leaf != NULL && leaf[a & (((uintptr_t)1 << LEAF_BITS) - 1)];
}

static int map_arena(const void *base, uint8_t value)
{
    uintptr_t a = (uintptr_t)base >> ARENA_BITS;
    if (a >> (48 - ARENA_BITS))
        return -1;
    uint8_t **leaf = &arena_map[a >> LEAF_BITS];
    if (*leaf == NULL && (*leaf = calloc((size_t)1 << LEAF_BITS, 1)) == NULL)
        return -1;
    (*leaf)[a & (((uintptr_t)1 << LEAF_BITS) - 1)] = value;
    return 0;
}
#else
static uint8_t arena_map[(size_t)1 << (32 - ARENA_BITS)];

static inline int is_ours(const void *p)
{
    return arena_map[(uintptr_t)p >> ARENA_BITS];
}

static int map_arena(const void *base, uint8_t value)
{
    arena_map[(uintptr_t)base >> ARENA_BITS] = value;
    return 0;
}
#endif

static inline pool_t *pool_of(const void *p)
{
    return (pool_t *)((uintptr_t)p & ~(uintptr_t)(POOL_SIZE - 1));
}

/* ---- Arenas and pools --------------------------------------------------------------------------
 */

static void open_link(arena_t *a)
{
    a->prev = NULL;
    a->next = open_arenas;
    if (open_arenas != NULL)
        open_arenas->prev = a;
    open_arenas = a;
}

static void open_unlink(arena_t *a)
{
    if (a->prev != NULL)
        a->prev->next = a->next;
    else
        open_arenas = a->next;
    if (a->next != NULL)
        a->next->prev = a->prev;
}

static arena_t *new_arena(void)
{
    arena_t *a = malloc(sizeof *a);
    if (a == NULL)
        return NULL;
    a->base = aligned_alloc(ARENA_SIZE, ARENA_SIZE);
    if (a->base == NULL) {
        free(a);
        return NULL;
    }
    if (map_arena(a->base, 1) < 0) {
        free(a->base);
        free(a);
        return NULL;
    }
    a->free_pools = NULL;
    a->fresh = a->base;
    a->total = a->available = (int)(ARENA_SIZE / POOL_SIZE);
    open_link(a);
    idle_arenas++;
    return a;
}

static pool_t *take_pool(unsigned size_class)
{
    arena_t *a = open_arenas;
    pool_t *pool;

    if (a == NULL && (a = new_arena()) == NULL)
        return NULL;
    if (a->available == a->total)
        idle_arenas--;
    if (a->free_pools != NULL) {
        pool = a->free_pools;
        a->free_pools = pool->next;
    } else {
        pool = (pool_t *)a->fresh;
        a->fresh += POOL_SIZE;
    }
    if (--a->available == 0)
        open_unlink(a);
    pool->arena = a;
    pool->free = NULL;
    pool->used = 0;
    pool->fresh = POOL_HEADER;
    pool->size_class = size_class;
    pool->capacity = (uint32_t)((POOL_SIZE - POOL_HEADER) / ((size_class + 1) * ALIGNMENT));
    pool->next = pool->prev = NULL;
    used_pools[size_class] = pool;
    return pool;
}

static void unlink_pool(pool_t *pool)
{
    if (pool->prev != NULL)
        pool->prev->next = pool->next;
    else
        used_pools[pool->size_class] = pool->next;
    if (pool->next != NULL)
        pool->next->prev = pool->prev;
}

static void give_back_pool(pool_t *pool)
{
    arena_t *a = pool->arena;

    pool->next = a->free_pools;
    a->free_pools = pool;
    if (a->available++ == 0)
        open_link(a);
    if (a->available < a->total)
        return;
    if (idle_arenas > 0) {
        open_unlink(a);
        map_arena(a->base, 0);
        free(a->base);
        free(a);
    } else {
        idle_arenas++;
        /* To the end of the line, so that partly used arenas are filled first. */
        if (a->next != NULL) {
            arena_t *last = a->next;
            open_unlink(a);
            while (last->next != NULL)
                last = last->next;
            last->next = a;
            a->prev = last;
            a->next = NULL;
        }
    }
}

/* ---- The interface ------------------------------------------------------------------------------
 */

void *PyObject_Malloc(Py_ssize_t n)
{
    if (PY_UNLIKELY((uint64_t)(n - 1) >= SMALL_MAX)) {
        if (n != 0)
            return PyMem_Malloc(n);
        n = 1;
    }
    unsigned size_class = (unsigned)(n - 1) / ALIGNMENT;
    pool_t *pool = used_pools[size_class];
    if (PY_UNLIKELY(pool == NULL) && (pool = take_pool(size_class)) == NULL)
        return PyMem_Malloc(n);
    void *block = pool->free;
    if (block != NULL) {
        pool->free = *(void **)block;
    } else {
        block = (char *)pool + pool->fresh;
        pool->fresh += (size_class + 1) * ALIGNMENT;
    }
    if (++pool->used == pool->capacity)
        unlink_pool(pool);
    return block;
}

void PyObject_Free(void *p)
{
    if (p == NULL)
        return;
    if (!is_ours(p)) {
        PyMem_Free(p);
        return;
    }
    pool_t *pool = pool_of(p);
    *(void **)p = pool->free;
    pool->free = p;
    if (PY_UNLIKELY(pool->used == pool->capacity)) {
        pool_t **head = &used_pools[pool->size_class];
        pool->prev = NULL;
        pool->next = *head;
        if (*head != NULL)
            (*head)->prev = pool;
        *head = pool;
    }
    if (PY_UNLIKELY(--pool->used == 0)) {
        unlink_pool(pool);
        give_back_pool(pool);
    }
}

void *PyObject_Realloc(void *p, Py_ssize_t n)
{
    if (p == NULL)
        return PyObject_Malloc(n);
    if (!is_ours(p))
        return PyMem_Realloc(p, n);
    Py_ssize_t size = ((Py_ssize_t)pool_of(p)->size_class + 1) * ALIGNMENT;
    /* A block that shrinks by less than a quarter stays. */
    if (n >= 0 && n <= size && 4 * n > 3 * size)
        return p;
    void *bigger = PyObject_Malloc(n);
    if (bigger != NULL) {
        memcpy(bigger, p, (size_t)(n < size ? n : size));
        PyObject_Free(p);
    }
    return bigger;
}
#endif
