/* SPDX-License-Identifier: MIT */
/*
 * Improves finished bytecode: folds constants, threads jumps, drops what cannot be reached. One
 * pass over the instructions rewrites each in its place, filling what becomes free with NOPs; a
 * second removes the NOPs and corrects jumps and line table. Which improvements there are, and in
 * which order, shows in every .pyc file: they are those of CPython 2.7.
 *
 * Invariant: instructions are joined only inside one basic block, so that every jump still lands on
 * an instruction that does what was meant.
 */
#include "compile.h"
#include "opcode.h"

enum {
    MAX_CODE = 32700, /* beyond, threaded jumps could need more than 16 bits */
    MAX_FOLDED = 20   /* length of a constant made by folding */
};

typedef struct {
    unsigned char *code;
    int size;
    int *blocks; /* number of the basic block at each address */
    PyObject *consts;
    PyObject *names;
    int loads;      /* LOAD_CONSTs in a row before the current instruction */
    int next_loads; /* and after it */
} optimizer;

static int size_of(int opcode)
{
    return HAS_ARG(opcode) ? 3 : 1;
}

static int get_arg(const optimizer *o, int i)
{
    return o->code[i + 1] | o->code[i + 2] << 8;
}

static void set_arg(optimizer *o, int i, int arg)
{
    o->code[i + 1] = (unsigned char)arg;
    o->code[i + 2] = (unsigned char)(arg >> 8);
}

static void fill_nops(optimizer *o, int i, int count)
{
    memset(o->code + i, NOP, (size_t)count);
}

static int opcode_at(const optimizer *o, int i)
{
    return i < o->size ? o->code[i] : STOP_CODE;
}

/* Do the bytes from i on lie in one block? */
static int in_one_block(const optimizer *o, int i, int count)
{
    return i >= 0 && i + count <= o->size && o->blocks[i] == o->blocks[i + count - 1];
}

static int is_unconditional(int opcode)
{
    return opcode == JUMP_ABSOLUTE || opcode == JUMP_FORWARD;
}

static int is_conditional(int opcode)
{
    return opcode == POP_JUMP_IF_FALSE || opcode == POP_JUMP_IF_TRUE ||
           opcode == JUMP_IF_FALSE_OR_POP || opcode == JUMP_IF_TRUE_OR_POP;
}

static int jumps_on_true(int opcode)
{
    return opcode == POP_JUMP_IF_TRUE || opcode == JUMP_IF_TRUE_OR_POP;
}

static int is_absolute(int opcode)
{
    return opcode == JUMP_ABSOLUTE || opcode == CONTINUE_LOOP || is_conditional(opcode);
}

static int is_jump(int opcode)
{
    switch (opcode) {
    case FOR_ITER:
    case JUMP_FORWARD:
    case SETUP_LOOP:
    case SETUP_EXCEPT:
    case SETUP_FINALLY:
    case SETUP_WITH:
        return 1;
    default:
        return is_absolute(opcode);
    }
}

static int target_of(const optimizer *o, int i)
{
    return get_arg(o, i) + (is_absolute(o->code[i]) ? 0 : i + 3);
}

/* Numbers the basic blocks; a block starts at each jump's target. */
static int mark_blocks(optimizer *o)
{
    int i, block = 0;

    o->blocks = PyMem_Calloc(o->size, (Py_ssize_t)sizeof(int));
    if (o->blocks == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (i = 0; i < o->size; i += size_of(o->code[i])) {
        if (is_jump(o->code[i]) && target_of(o, i) < o->size)
            o->blocks[target_of(o, i)] = 1;
    }
    for (i = 0; i < o->size; i++) {
        block += o->blocks[i];
        o->blocks[i] = block;
    }
    return 0;
}

/* --- Constants
 * ---------------------------------------------------------------------------------------- */

/* Makes the bytes from `at` on load a constant that takes the next number. Steals value. */
static int load_new_const(optimizer *o, int at, PyObject *value)
{
    Py_ssize_t number = PyList_GET_SIZE(o->consts);
    int failed = number > 0xffff ? 1 : PyList_Append(o->consts, value);

    Py_DECREF(value);
    if (failed)
        return number > 0xffff ? 0 : -1;
    o->code[at] = LOAD_CONST;
    set_arg(o, at, (int)number);
    return 1;
}

static PyObject *const_at(const optimizer *o, int i)
{
    return PyList_GET_ITEM(o->consts, get_arg(o, i));
}

/* n LOAD_CONSTs from `first` on and a BUILD_TUPLE or BUILD_LIST become one LOAD_CONST. */
static int fold_tuple(optimizer *o, int first, int n)
{
    PyObject *tuple = PyTuple_New(n);
    int k, done;

    if (tuple == NULL)
        return -1;
    for (k = 0; k < n; k++) {
        PyObject *item = const_at(o, first + 3 * k);
        Py_INCREF(item);
        PyTuple_SET_ITEM(tuple, k, item);
    }
    done = load_new_const(o, first + 3 * n, tuple);
    if (done > 0)
        fill_nops(o, first, 3 * n);
    return done;
}

static PyObject *binary_value(int opcode, PyObject *v, PyObject *w)
{
    switch (opcode) {
    case BINARY_POWER:
        return PyNumber_Power(v, w, Py_None);
    case BINARY_MULTIPLY:
        return PyNumber_Multiply(v, w);
    case BINARY_TRUE_DIVIDE:
        return PyNumber_TrueDivide(v, w);
    case BINARY_FLOOR_DIVIDE:
        return PyNumber_FloorDivide(v, w);
    case BINARY_MODULO:
        return PyNumber_Remainder(v, w);
    case BINARY_ADD:
        return PyNumber_Add(v, w);
    case BINARY_SUBTRACT:
        return PyNumber_Subtract(v, w);
    case BINARY_SUBSCR:
        /* What a character is depends on the build: not for .pyc files. */
        return PyUnicode_Check(v) ? NULL : PyObject_GetItem(v, w);
    case BINARY_LSHIFT:
        return PyNumber_Lshift(v, w);
    case BINARY_RSHIFT:
        return PyNumber_Rshift(v, w);
    case BINARY_AND:
        return PyNumber_And(v, w);
    case BINARY_XOR:
        return PyNumber_Xor(v, w);
    case BINARY_OR:
        return PyNumber_Or(v, w);
    default:
        /* Division depends on a switch at run time. */
        return NULL;
    }
}

/* An operation that fails fails at run time; but an interruption is one. */
static int give_up(void)
{
    if (PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt))
            return -1;
        PyErr_Clear();
    }
    return 0;
}

/* Two LOAD_CONSTs and the operation at i. */
static int fold_binary(optimizer *o, int i)
{
    PyObject *value = binary_value(o->code[i], const_at(o, i - 6), const_at(o, i - 3));
    Py_ssize_t length;
    int done;

    if (value == NULL)
        return give_up();
    length = PyObject_Size(value);
    if (length == -1) {
        if (give_up() < 0) {
            Py_DECREF(value);
            return -1;
        }
    } else if (length > MAX_FOLDED) {
        Py_DECREF(value);
        return 0;
    }
    done = load_new_const(o, i - 2, value);
    if (done > 0)
        fill_nops(o, i - 6, 4);
    return done;
}

static int fold_unary(optimizer *o, int i)
{
    PyObject *v = const_at(o, i - 3), *value = NULL;
    int done;

    switch (o->code[i]) {
    case UNARY_NEGATIVE:
        /* Zeros keep their sign for later. */
        if (PyObject_IsTrue(v) == 1)
            value = PyNumber_Negative(v);
        break;
    case UNARY_CONVERT:
        value = PyObject_Repr(v);
        break;
    default:
        value = PyNumber_Invert(v);
        break;
    }
    if (value == NULL)
        return give_up();
    done = load_new_const(o, i - 2, value);
    if (done > 0)
        o->code[i - 3] = NOP;
    return done;
}

/* --- One instruction
 * ------------------------------------------------------------------------------------ */

/* A None by name is a constant. */
static int improve_none(optimizer *o, int i)
{
    PyObject *name = PyTuple_GET_ITEM(o->names, get_arg(o, i));
    Py_ssize_t k, n = PyList_GET_SIZE(o->consts);

    if (!PyString_Check(name) || strcmp(PyString_AS_STRING(name), "None") != 0)
        return 0;
    for (k = 0; k < n && PyList_GET_ITEM(o->consts, k) != Py_None; k++)
        ;
    if (k > 0xffff)
        return 0;
    if (k == n && PyList_Append(o->consts, Py_None) < 0)
        return -1;
    o->code[i] = LOAD_CONST;
    set_arg(o, i, (int)k);
    o->next_loads = o->loads + 1;
    return 0;
}

static int improve_load_const(optimizer *o, int i)
{
    int truth;

    o->next_loads = o->loads + 1;
    /* while 1: */
    if (opcode_at(o, i + 3) != POP_JUMP_IF_FALSE || !in_one_block(o, i, 6))
        return 0;
    truth = PyObject_IsTrue(const_at(o, i));
    if (truth < 0)
        PyErr_Clear();
    if (truth != 1)
        return 0;
    fill_nops(o, i, 6);
    o->next_loads = 0;
    return 0;
}

static int improve_build(optimizer *o, int i)
{
    int n = get_arg(o, i), first = i - 3 * n, done, test;

    if (n <= o->loads && first >= 0) {
        test = opcode_at(o, i + 3) == COMPARE_OP &&
               (get_arg(o, i + 3) == PyCmp_IN || get_arg(o, i + 3) == PyCmp_NOT_IN);
        if ((o->code[i] == BUILD_TUPLE && in_one_block(o, first, 3 * (n + 1))) ||
            (o->code[i] == BUILD_LIST && test && in_one_block(o, first, 3 * (n + 2)))) {
            done = fold_tuple(o, first, n);
            if (done != 0) {
                o->next_loads = 1;
                return done;
            }
        }
    }
    /* a, b = b, a */
    if (opcode_at(o, i + 3) != UNPACK_SEQUENCE || !in_one_block(o, i, 6) || n != get_arg(o, i + 3))
        return 0;
    if (n == 1) {
        fill_nops(o, i, 6);
    } else if (n == 2) {
        o->code[i] = ROT_TWO;
        fill_nops(o, i + 1, 5);
    } else if (n == 3) {
        o->code[i] = ROT_THREE;
        o->code[i + 1] = ROT_TWO;
        fill_nops(o, i + 2, 4);
    }
    return 0;
}

/* A jump to an unconditional jump goes where that one goes. */
static void thread_jump(optimizer *o, int i)
{
    int opcode = o->code[i], target = target_of(o, i), final;

    if (is_unconditional(opcode) && opcode_at(o, target) == RETURN_VALUE) {
        o->code[i] = RETURN_VALUE;
        fill_nops(o, i + 1, 2);
        return;
    }
    if (!is_unconditional(opcode_at(o, target)))
        return;
    final = target_of(o, target);
    if (opcode == JUMP_FORWARD)
        opcode = JUMP_ABSOLUTE; /* may go back */
    if (!is_absolute(opcode))
        final -= i + 3;
    if (final < 0)
        return;
    o->code[i] = (unsigned char)opcode;
    set_arg(o, i, final);
}

/* A jump that keeps its value, to another that tests it: the second's outcome is known. 1: look
 * again. */
static int thread_condition(optimizer *o, int i)
{
    int opcode = o->code[i], target = target_of(o, i), second = opcode_at(o, target);

    if (!is_conditional(second))
        return 0;
    if (jumps_on_true(second) == jumps_on_true(opcode)) {
        set_arg(o, i, target_of(o, target));
        o->code[i] = (unsigned char)second;
    } else {
        /* It is not taken, and takes the value off. */
        o->code[i] = jumps_on_true(opcode) ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE;
        set_arg(o, i, target + 3);
    }
    return 1;
}

/* After a return, what no jump reaches goes. */
static void improve_return(optimizer *o, int i)
{
    if (i + 4 >= o->size)
        return;
    if (o->code[i + 4] == RETURN_VALUE && in_one_block(o, i, 5))
        fill_nops(o, i + 1, 4);
    else if (is_unconditional(o->code[i + 1]) && in_one_block(o, i, 4))
        fill_nops(o, i + 1, 3);
}

/* Improves the instruction at *i, which moves on when a constant takes a later place. Returns -1 on
 * error, 1 if the code has to stay as it was, 2 to look at *i again, else 0. */
static int improve(optimizer *o, int *at)
{
    int i = *at, done;

    switch (o->code[i]) {
    case UNARY_NOT:
        if (opcode_at(o, i + 1) == POP_JUMP_IF_FALSE && in_one_block(o, i, 4)) {
            int target = get_arg(o, i + 1);
            o->code[i] = POP_JUMP_IF_TRUE;
            set_arg(o, i, target);
            o->code[i + 3] = NOP;
            return 2;
        }
        return 0;
    case COMPARE_OP:
        /* not a in b, not a is b */
        done = get_arg(o, i);
        if (done >= PyCmp_IN && done <= PyCmp_IS_NOT && opcode_at(o, i + 3) == UNARY_NOT &&
            in_one_block(o, i, 4)) {
            set_arg(o, i, done ^ 1);
            o->code[i + 3] = NOP;
        }
        return 0;
    case LOAD_NAME:
    case LOAD_GLOBAL:
        return improve_none(o, i);
    case LOAD_CONST:
        return improve_load_const(o, i);
    case BUILD_TUPLE:
    case BUILD_LIST:
        return improve_build(o, i) < 0 ? -1 : 0;
    case BINARY_POWER:
    case BINARY_MULTIPLY:
    case BINARY_TRUE_DIVIDE:
    case BINARY_FLOOR_DIVIDE:
    case BINARY_MODULO:
    case BINARY_ADD:
    case BINARY_SUBTRACT:
    case BINARY_SUBSCR:
    case BINARY_LSHIFT:
    case BINARY_RSHIFT:
    case BINARY_AND:
    case BINARY_XOR:
    case BINARY_OR:
        done = o->loads >= 2 && in_one_block(o, i - 6, 7) ? fold_binary(o, i) : 0;
        break;
    case UNARY_NEGATIVE:
    case UNARY_CONVERT:
    case UNARY_INVERT:
        done = o->loads >= 1 && in_one_block(o, i - 3, 4) ? fold_unary(o, i) : 0;
        break;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
        if (thread_condition(o, i))
            return 2;
        thread_jump(o, i);
        return 0;
    case EXTENDED_ARG:
        return 1;
    case RETURN_VALUE:
        improve_return(o, i);
        return 0;
    default:
        if (is_jump(o->code[i]))
            thread_jump(o, i);
        return 0;
    }
    if (done < 0)
        return -1;
    if (done > 0) {
        *at = i - 2;
        o->next_loads = 1;
    }
    return 0;
}

/* --- Squeezing
 * ------------------------------------------------------------------------------------------- */

/* Removes the NOPs: new addresses for jumps and lines. */
static int squeeze(optimizer *o, PyObject *lnotab)
{
    unsigned char *lines = (unsigned char *)PyString_AS_STRING(lnotab);
    int *moved = PyMem_Calloc(o->size + 1, (Py_ssize_t)sizeof(int));
    int i, to, nops = 0, address = 0, last = 0;
    Py_ssize_t k;

    if (moved == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (i = 0; i < o->size; i += size_of(o->code[i])) {
        moved[i] = i - nops;
        nops += o->code[i] == NOP;
    }
    for (k = 0; k + 1 < PyString_GET_SIZE(lnotab); k += 2) {
        address += lines[k];
        lines[k] = (unsigned char)(moved[address] - last);
        last = moved[address];
    }
    for (i = 0, to = 0; i < o->size;) {
        int opcode = o->code[i], size = size_of(opcode);
        if (opcode == NOP) {
            i++;
            continue;
        }
        if (is_absolute(opcode))
            set_arg(o, i, moved[get_arg(o, i)]);
        else if (is_jump(opcode))
            set_arg(o, i, moved[target_of(o, i)] - moved[i] - 3);
        while (size-- > 0)
            o->code[to++] = o->code[i++];
    }
    PyMem_Free(moved);
    return to;
}

PyObject *PyCode_Optimize(PyObject *code, PyObject *consts, PyObject *names, PyObject *lnotab)
{
    optimizer o = {NULL, 0, NULL, consts, names, 0, 0};
    PyObject *result = NULL;
    Py_ssize_t size = PyString_GET_SIZE(code);
    const char *bytes = PyString_AS_STRING(code);
    int i, answer;

    if (PyErr_Occurred())
        return NULL;
    /* Line tables with long steps, and code that is long or odd, stay as they are. */
    if (memchr(PyString_AS_STRING(lnotab), 255, (size_t)PyString_GET_SIZE(lnotab)) != NULL ||
        size > MAX_CODE || size == 0 || (unsigned char)bytes[size - 1] != RETURN_VALUE)
        goto unchanged;
    o.size = (int)size;
    o.code = PyMem_Malloc(size + 3);
    if (o.code == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    memcpy(o.code, bytes, (size_t)size);
    memset(o.code + size, STOP_CODE, 3);
    if (mark_blocks(&o) < 0)
        goto done;
    for (i = 0; i < o.size; i += size_of(o.code[i])) {
        do {
            o.loads = o.next_loads;
            o.next_loads = 0;
            answer = improve(&o, &i);
        } while (answer == 2);
        if (answer < 0)
            goto done;
        if (answer == 1)
            goto unchanged;
    }
    i = squeeze(&o, lnotab);
    if (i >= 0)
        result = PyString_FromStringAndSize((char *)o.code, i);
done:
    PyMem_Free(o.code);
    PyMem_Free(o.blocks);
    return result;

unchanged:
    PyMem_Free(o.code);
    PyMem_Free(o.blocks);
    Py_INCREF(code);
    return code;
}
