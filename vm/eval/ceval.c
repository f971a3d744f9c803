/* SPDX-License-Identifier: MIT */
/* The eval loop. It runs the frame on top of the frame stack, delivers results to continuations and
 * frames, and leaves at ticks; all of its state is in frames and the thread state whenever it calls
 * out with Py_GoOn, so it can return to its host and be entered again at any such point.
 *
 * Inside the loop `pc` is the current instruction and `sp` the first free stack slot; f->f_pc is up
 * to date whenever something is called that may raise, f->f_stacktop only when the frame is not
 * running. */
#include "eval.h"
#include "names.h"
#include "numbers.h"

PyObject _PyEval_TokenReturn = {1, &PyNone_Type}, _PyEval_TokenContinue = {1, &PyNone_Type},
         _PyEval_TokenBreak = {1, &PyNone_Type};
#define IS_TOKEN(o)                                                                                \
    ((o) == &_PyEval_TokenReturn || (o) == &_PyEval_TokenContinue || (o) == &_PyEval_TokenBreak)

enum { WHY_EXCEPTION, WHY_RERAISE, WHY_RETURN, WHY_BREAK, WHY_CONTINUE };

#define PUSH(v) (*sp++ = (v))
#define POP() (*--sp)
#define TOP() (sp[-1])
#define SECOND() (sp[-2])
#define THIRD() (sp[-3])
#define SAVE() (f->f_pc = pc)
#define NEXT()                                                                                     \
    do {                                                                                           \
        pc++;                                                                                      \
        goto dispatch;                                                                             \
    } while (0)
#define JUMP(i)                                                                                    \
    do {                                                                                           \
        pc = instrs + (i);                                                                         \
        goto dispatch;                                                                             \
    } while (0)
/* A three-way answer that is pushed. */
#define FINISH_PUSH(r)                                                                             \
    do {                                                                                           \
        if (PY_UNLIKELY((r) == Py_GoOn)) {                                                         \
            f->f_onresult = ON_PUSH;                                                               \
            goto go_on_from_frame;                                                                 \
        }                                                                                          \
        if (PY_UNLIKELY((r) == NULL))                                                              \
            goto error;                                                                            \
        PUSH(r);                                                                                   \
        NEXT();                                                                                    \
    } while (0)
#define FINISH_DISCARD(r)                                                                          \
    do {                                                                                           \
        if (PY_UNLIKELY((r) == Py_GoOn)) {                                                         \
            f->f_onresult = ON_DISCARD;                                                            \
            goto go_on_from_frame;                                                                 \
        }                                                                                          \
        if (PY_UNLIKELY((r) == NULL))                                                              \
            goto error;                                                                            \
        Py_DECREF(r);                                                                              \
        NEXT();                                                                                    \
    } while (0)

int _PyEval_Loop(PyThreadState *tstate)
{
    PyFrameObject *f;
    PyInstr *pc, *instrs;
    PyObject **sp, **fast;
    PyObject *v = NULL, *w, *x;
    int why, tracing;

    goto go_on;

start_frame:
    f = tstate->frame;
    if (TRACED(tstate) && !(f->f_flags & FRAME_REENTER)) {
        /* A call, or a generator goes on. */
        f->f_onresult = ON_TRACED_CALL;
        v = _PyEval_TraceCall(tstate);
        if (v == Py_GoOn)
            goto go_on;
        goto to_frame;
    }
call_traced:
    instrs = ((PyExec *)f->f_code->co_exec)->instr;
    fast = f->f_localsplus;
    sp = f->f_stacktop;
    f->f_stacktop = NULL;
    pc = (PyInstr *)f->f_pc + !(f->f_flags & FRAME_AT);
    tracing = tstate->use_tracing;
    if (PY_UNLIKELY(--_Py_Ticker < 0) && !(f->f_flags & FRAME_REENTER))
        goto tick;
    f->f_flags &= (uint8_t) ~(FRAME_AT | FRAME_REENTER);
    f->f_started = 1;

dispatch:
    if (PY_UNLIKELY(tracing)) {
        tracing = tstate->use_tracing;
        SAVE();
        if (tstate->c_tracefunc != NULL && !tstate->tracing) {
            f->f_stacktop = sp;
            v = _PyEval_TraceLine(tstate, f);
            if (v == Py_GoOn) {
                f->f_onresult = ON_TRACED_LINE;
                goto go_on;
            }
        line_traced:
            _PyEval_LineTraced(f);
            /* The tracer may have moved the frame to another line. */
            sp = f->f_stacktop;
            f->f_stacktop = NULL;
            pc = (PyInstr *)f->f_pc;
            if (v == NULL)
                goto error;
            Py_DECREF(v);
        }
    }
    switch (tracing ? pc->orig : pc->op) {
    case NOP:
        NEXT();

    case OP_LOAD_FAST_LOAD_FAST:
        v = fast[pc->arg];
        if (PY_UNLIKELY(v == NULL))
            goto unbound_local;
        Py_INCREF(v);
        PUSH(v);
        pc++;
        /* fall through */
    case LOAD_FAST:
        v = fast[pc->arg];
        if (PY_UNLIKELY(v == NULL))
            goto unbound_local;
        Py_INCREF(v);
        PUSH(v);
        NEXT();

    case OP_LOAD_FAST_LOAD_CONST:
        v = fast[pc->arg];
        if (PY_UNLIKELY(v == NULL))
            goto unbound_local;
        Py_INCREF(v);
        PUSH(v);
        pc++;
        /* fall through */
    case LOAD_CONST:
        v = PyTuple_GET_ITEM(f->f_code->co_consts, pc->arg);
        Py_INCREF(v);
        PUSH(v);
        NEXT();

    case OP_STORE_FAST_LOAD_FAST:
        v = POP();
        SAVE();
        x = fast[pc->arg];
        fast[pc->arg] = v;
        Py_XDECREF(x);
        pc++;
        v = fast[pc->arg];
        if (PY_UNLIKELY(v == NULL))
            goto unbound_local;
        Py_INCREF(v);
        PUSH(v);
        NEXT();

    case STORE_FAST:
        v = POP();
        SAVE();
        x = fast[pc->arg];
        fast[pc->arg] = v;
        Py_XDECREF(x);
        NEXT();

    case DELETE_FAST:
        x = fast[pc->arg];
        if (x == NULL)
            goto unbound_local;
        SAVE();
        fast[pc->arg] = NULL;
        Py_DECREF(x);
        NEXT();

    case POP_TOP:
        v = POP();
        SAVE();
        Py_DECREF(v);
        NEXT();

    case ROT_TWO:
        v = TOP();
        TOP() = SECOND();
        SECOND() = v;
        NEXT();

    case ROT_THREE:
        v = TOP();
        TOP() = SECOND();
        SECOND() = THIRD();
        THIRD() = v;
        NEXT();

    case ROT_FOUR:
        v = TOP();
        TOP() = SECOND();
        SECOND() = THIRD();
        THIRD() = sp[-4];
        sp[-4] = v;
        NEXT();

    case DUP_TOP:
        v = TOP();
        Py_INCREF(v);
        PUSH(v);
        NEXT();

    case DUP_TOPX: {
        int n = pc->arg;
        for (int i = 0; i < n; i++) {
            v = sp[-n];
            Py_INCREF(v);
            PUSH(v);
        }
        NEXT();
    }

    case UNARY_POSITIVE:
    case UNARY_NEGATIVE:
    case UNARY_INVERT:
        SAVE();
        v = POP();
        if (pc->orig == UNARY_NEGATIVE && Py_TYPE(v) == &PyInt_Type &&
            PyInt_AS_LONG(v) != PY_LONG_MIN)
            x = new_int(-PyInt_AS_LONG(v));
        else
            x = _PyEval_Unary(v, pc->orig);
        Py_DECREF(v);
        FINISH_PUSH(x);

    case UNARY_CONVERT:
        SAVE();
        v = POP();
        x = PyEval_ReprGoOn(v);
        Py_DECREF(v);
        FINISH_PUSH(x);

#define INT_BINARY(OP, INT_CODE, FLOAT_CODE)                                                       \
    w = TOP();                                                                                     \
    v = SECOND();                                                                                  \
    if (both_ints(v, w)) {                                                                         \
        py_long a = PyInt_AS_LONG(v), b = PyInt_AS_LONG(w), i;                                     \
        if (INT_CODE) {                                                                            \
            x = new_int(i);                                                                        \
            goto int_result;                                                                       \
        }                                                                                          \
    } else if (both_floats(v, w)) {                                                                \
        double a = PyFloat_AS_DOUBLE(v), b = PyFloat_AS_DOUBLE(w), d;                              \
        if (FLOAT_CODE) {                                                                          \
            x = new_float(d);                                                                      \
            goto float_result;                                                                     \
        }                                                                                          \
    }

    case BINARY_ADD:
    case INPLACE_ADD:
        INT_BINARY(ADD, !__builtin_add_overflow(a, b, &i), (d = a + b, 1))
        if (Py_TYPE(v) == &PyString_Type && Py_TYPE(w) == &PyString_Type) {
            SAVE();
            sp -= 2;
            /* The left operand is often held by the variable that the result goes to: drop that, so
             * that the string can grow in place. */
            if (Py_REFCNT(v) == 2 && (pc[1].orig == STORE_FAST) && fast[pc[1].arg] == v) {
                fast[pc[1].arg] = NULL;
                Py_DECREF(v);
            }
            x = _PyEval_ConcatStrings(v, w);
            Py_DECREF(w);
            if (x == NULL)
                goto error;
            PUSH(x);
            NEXT();
        }
        goto binary;

    case BINARY_SUBTRACT:
    case INPLACE_SUBTRACT:
        INT_BINARY(SUB, !__builtin_sub_overflow(a, b, &i), (d = a - b, 1))
        goto binary;

    case BINARY_MULTIPLY:
    case INPLACE_MULTIPLY:
        INT_BINARY(MUL, (a == (int32_t)a && b == (int32_t)b && (i = a * b, 1)), (d = a * b, 1))
        goto binary;

    case BINARY_DIVIDE:
    case INPLACE_DIVIDE:
        if (!Py_DivisionWarningFlag) {
            INT_BINARY(DIV, (b > 0 && (i = a / b - (a % b < 0), 1)), (b != 0.0 && (d = a / b, 1)))
        } else {
            w = TOP();
            v = SECOND();
        }
        goto binary;

    case BINARY_TRUE_DIVIDE:
    case INPLACE_TRUE_DIVIDE:
        INT_BINARY(TDIV, ((void)a, (void)b, i = 0), (b != 0.0 && (d = a / b, 1)))
        goto binary;

    case BINARY_FLOOR_DIVIDE:
    case INPLACE_FLOOR_DIVIDE:
        INT_BINARY(FDIV, (b > 0 && (i = a / b - (a % b < 0), 1)), ((void)a, (void)b, d = 0, 0))
        goto binary;

    case BINARY_MODULO:
    case INPLACE_MODULO:
        INT_BINARY(MOD, (b > 0 && (i = a % b, i += i < 0 ? b : 0, 1)), ((void)a, (void)b, d = 0, 0))
        goto binary;

    case BINARY_AND:
    case INPLACE_AND:
        w = TOP();
        v = SECOND();
        if (both_ints(v, w)) {
            x = new_int(PyInt_AS_LONG(v) & PyInt_AS_LONG(w));
            goto int_result;
        }
        goto binary;

    case BINARY_OR:
    case INPLACE_OR:
        w = TOP();
        v = SECOND();
        if (both_ints(v, w)) {
            x = new_int(PyInt_AS_LONG(v) | PyInt_AS_LONG(w));
            goto int_result;
        }
        goto binary;

    case BINARY_XOR:
    case INPLACE_XOR:
        w = TOP();
        v = SECOND();
        if (both_ints(v, w)) {
            x = new_int(PyInt_AS_LONG(v) ^ PyInt_AS_LONG(w));
            goto int_result;
        }
        goto binary;

    case BINARY_LSHIFT:
    case BINARY_RSHIFT:
    case INPLACE_LSHIFT:
    case INPLACE_RSHIFT:
    case BINARY_POWER:
    case INPLACE_POWER:
        w = TOP();
        v = SECOND();
    binary:
        SAVE();
        sp -= 2;
        x = _PyEval_Binary(v, w, pc->orig);
        Py_DECREF(v);
        Py_DECREF(w);
        FINISH_PUSH(x);

    int_result:
        sp--;
        drop_int(v);
        drop_int(w);
        TOP() = x;
        if (PY_UNLIKELY(x == NULL)) {
            sp--;
            SAVE();
            goto error;
        }
        NEXT();

    float_result:
        sp--;
        drop_float(v);
        drop_float(w);
        TOP() = x;
        if (PY_UNLIKELY(x == NULL)) {
            sp--;
            SAVE();
            goto error;
        }
        NEXT();

    case BINARY_SUBSCR:
        w = TOP();
        v = SECOND();
        if (Py_TYPE(w) == &PyInt_Type) {
            Py_ssize_t i = PyInt_AS_LONG(w);
            if (Py_TYPE(v) == &PyList_Type) {
                i += i < 0 ? PyList_GET_SIZE(v) : 0;
                if (PY_LIKELY((uint64_t)i < (uint64_t)PyList_GET_SIZE(v))) {
                    x = PyList_GET_ITEM(v, i);
                    goto subscr_found;
                }
            } else if (Py_TYPE(v) == &PyTuple_Type) {
                i += i < 0 ? PyTuple_GET_SIZE(v) : 0;
                if (PY_LIKELY((uint64_t)i < (uint64_t)PyTuple_GET_SIZE(v))) {
                    x = PyTuple_GET_ITEM(v, i);
                    goto subscr_found;
                }
            }
        }
        SAVE();
        sp -= 2;
        x = PyEval_GetItemGoOn(v, w);
        Py_DECREF(v);
        Py_DECREF(w);
        FINISH_PUSH(x);
    subscr_found:
        Py_INCREF(x);
        SAVE();
        sp--;
        TOP() = x;
        drop_int(w);
        Py_DECREF(v);
        NEXT();

    case STORE_SUBSCR:
        w = TOP();
        v = SECOND();
        x = THIRD();
        SAVE();
        if (Py_TYPE(v) == &PyList_Type && Py_TYPE(w) == &PyInt_Type) {
            Py_ssize_t i = PyInt_AS_LONG(w);
            i += i < 0 ? PyList_GET_SIZE(v) : 0;
            if (PY_LIKELY((uint64_t)i < (uint64_t)PyList_GET_SIZE(v))) {
                PyObject *old = PyList_GET_ITEM(v, i);
                PyList_SET_ITEM(v, i, x);
                sp -= 3;
                drop_int(w);
                Py_DECREF(old);
                Py_DECREF(v);
                NEXT();
            }
        }
        sp -= 3;
        {
            PyObject *r = _PyEval_SetItemGoOn(v, w, x);
            Py_DECREF(x);
            Py_DECREF(v);
            Py_DECREF(w);
            FINISH_DISCARD(r);
        }

    case DELETE_SUBSCR:
        SAVE();
        w = POP();
        v = POP();
        x = _PyEval_SetItemGoOn(v, w, NULL);
        Py_DECREF(v);
        Py_DECREF(w);
        FINISH_DISCARD(x);

    case SLICE:
    case SLICE_1:
    case SLICE_2:
    case SLICE_3: {
        int kind = pc->orig - SLICE;
        SAVE();
        w = kind & 2 ? POP() : NULL;
        v = kind & 1 ? POP() : NULL;
        PyObject *u = TOP();
        x = _PyEval_ApplySlice(u, v, w);
        Py_DECREF(u);
        Py_XDECREF(v);
        Py_XDECREF(w);
        sp--;
        FINISH_PUSH(x);
    }

    case STORE_SLICE:
    case STORE_SLICE_1:
    case STORE_SLICE_2:
    case STORE_SLICE_3:
    case DELETE_SLICE:
    case DELETE_SLICE_1:
    case DELETE_SLICE_2:
    case DELETE_SLICE_3: {
        int store = pc->orig < DELETE_SLICE, kind = pc->orig - (store ? STORE_SLICE : DELETE_SLICE);
        SAVE();
        w = kind & 2 ? POP() : NULL;
        v = kind & 1 ? POP() : NULL;
        PyObject *u = POP();
        x = store ? POP() : NULL;
        int err = _PyEval_AssignSlice(u, v, w, x);
        Py_XDECREF(x);
        Py_DECREF(u);
        Py_XDECREF(v);
        Py_XDECREF(w);
        if (err < 0)
            goto error;
        NEXT();
    }

    case COMPARE_OP: {
        w = TOP();
        v = SECOND();
        int r;
        if (both_ints(v, w)) {
            py_long a = PyInt_AS_LONG(v), b = PyInt_AS_LONG(w);
            switch (pc->arg) {
            case PyCmp_LT:
                r = a < b;
                break;
            case PyCmp_LE:
                r = a <= b;
                break;
            case PyCmp_EQ:
                r = a == b;
                break;
            case PyCmp_NE:
                r = a != b;
                break;
            case PyCmp_GT:
                r = a > b;
                break;
            case PyCmp_GE:
                r = a >= b;
                break;
            case PyCmp_IS:
                r = v == w;
                break;
            case PyCmp_IS_NOT:
                r = v != w;
                break;
            default:
                goto slow_compare;
            }
            drop_int(v);
            drop_int(w);
            sp -= 2;
        } else if (pc->arg == PyCmp_IS || pc->arg == PyCmp_IS_NOT) {
            r = (v == w) == (pc->arg == PyCmp_IS);
            SAVE();
            sp -= 2;
            Py_DECREF(v);
            Py_DECREF(w);
        } else {
        slow_compare:
            SAVE();
            sp -= 2;
            x = _PyEval_Compare(v, w, pc->arg);
            Py_DECREF(v);
            Py_DECREF(w);
            if (x == Py_GoOn) {
                f->f_onresult =
                    pc->arg == PyCmp_IN || pc->arg == PyCmp_NOT_IN ? ON_CONTAINS : ON_PUSH;
                goto go_on_from_frame;
            }
            if (x == NULL)
                goto error;
            if (x == Py_True)
                r = 1;
            else if (x == Py_False)
                r = 0;
            else {
                PUSH(x);
                NEXT();
            }
            Py_DECREF(x);
            if (pc->arg == PyCmp_NOT_IN)
                r = !r;
        }
        if (!tracing) {
            if (pc[1].op == POP_JUMP_IF_FALSE) {
                if (r) {
                    pc += 2;
                    goto dispatch;
                }
                JUMP(pc[1].arg);
            }
            if (pc[1].op == POP_JUMP_IF_TRUE) {
                if (!r) {
                    pc += 2;
                    goto dispatch;
                }
                JUMP(pc[1].arg);
            }
        }
        x = r ? Py_True : Py_False;
        Py_INCREF(x);
        PUSH(x);
        NEXT();
    }

    case POP_JUMP_IF_FALSE:
    case POP_JUMP_IF_TRUE:
    case OP_POP_JUMP_IF_FALSE_BACK:
    case OP_POP_JUMP_IF_TRUE_BACK: {
        int t;
        v = TOP();
        if (v == Py_True)
            t = 1;
        else if (v == Py_False || v == Py_None)
            t = 0;
        else {
            SAVE();
            if (PyType_HasFeature(Py_TYPE(v), Py_TPFLAGS_HEAPTYPE))
                goto slow_truth;
            t = PyObject_IsTrue(v);
            if (t < 0)
                goto error;
        }
        sp--;
        Py_DECREF(v);
        if (t == (pc->orig == POP_JUMP_IF_TRUE)) {
            int back = instrs + pc->arg <= pc;
            pc = instrs + pc->arg;
            if (back && PY_UNLIKELY(--_Py_Ticker < 0))
                goto tick;
            goto dispatch;
        }
        NEXT();
    }

    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP: {
        int t;
        v = TOP();
        if (v == Py_True)
            t = 1;
        else if (v == Py_False || v == Py_None)
            t = 0;
        else {
            SAVE();
            if (PyType_HasFeature(Py_TYPE(v), Py_TPFLAGS_HEAPTYPE))
                goto slow_truth;
            t = PyObject_IsTrue(v);
            if (t < 0)
                goto error;
        }
        if (t == (pc->orig == JUMP_IF_TRUE_OR_POP))
            JUMP(pc->arg);
        sp--;
        Py_DECREF(v);
        NEXT();
    }

    case UNARY_NOT:
        v = TOP();
        if (v == Py_True || v == Py_False) {
            TOP() = v == Py_True ? Py_False : Py_True;
            Py_INCREF(TOP());
            Py_DECREF(v);
            NEXT();
        }
        SAVE();
        goto slow_truth;

    slow_truth:
        x = PyEval_IsTrueGoOn(v);
        if (x == Py_GoOn) {
            f->f_onresult = ON_BOOL;
            goto go_on_from_frame;
        }
        if (x == NULL)
            goto error;
    truth_known:
        /* x: Py_True or Py_False, owned, for the value on top. */
        {
            int t = x == Py_True, op = pc->orig;
            Py_DECREF(x);
            if (op == UNARY_NOT) {
                v = TOP();
                TOP() = t ? Py_False : Py_True;
                Py_INCREF(TOP());
                Py_DECREF(v);
                NEXT();
            }
            if (op == JUMP_IF_FALSE_OR_POP || op == JUMP_IF_TRUE_OR_POP) {
                if (t == (op == JUMP_IF_TRUE_OR_POP))
                    JUMP(pc->arg);
                v = POP();
                Py_DECREF(v);
                NEXT();
            }
            v = POP();
            Py_DECREF(v);
            if (t == (op == POP_JUMP_IF_TRUE))
                JUMP(pc->arg);
            NEXT();
        }

    case JUMP_FORWARD:
        JUMP(pc->arg);

    case JUMP_ABSOLUTE:
    case OP_JUMP_BACK: {
        int back = instrs + pc->arg <= pc;
        pc = instrs + pc->arg;
        if (back && PY_UNLIKELY(--_Py_Ticker < 0))
            goto tick;
        goto dispatch;
    }

    case LOAD_GLOBAL:
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        {
            PyDictObject *g = (PyDictObject *)f->f_globals;
            if (PY_LIKELY((Py_ssize_t)pc->index <= g->ma_mask)) {
                PyDictEntry *e = &g->ma_table[pc->index];
                if (e->me_key == w && (x = e->me_value) != NULL) {
                    Py_INCREF(x);
                    PUSH(x);
                    NEXT();
                }
            }
        }
        SAVE();
        x = _PyEval_LoadGlobal(f, pc, w);
        if (x == NULL) {
            if (!PyErr_Occurred())
                _PyEval_NameError(w, 1);
            goto error;
        }
        Py_INCREF(x);
        PUSH(x);
        NEXT();

    case LOAD_NAME:
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        x = f->f_locals;
        SAVE();
        if (x == f->f_globals && PyDict_CheckExact(x)) {
            PyDictObject *d = (PyDictObject *)x;
            if ((Py_ssize_t)pc->index <= d->ma_mask) {
                PyDictEntry *e = &d->ma_table[pc->index];
                if (e->me_key == w && (x = e->me_value) != NULL) {
                    Py_INCREF(x);
                    PUSH(x);
                    NEXT();
                }
            }
            x = _PyEval_LoadGlobal(f, pc, w);
            if (x == NULL) {
                if (!PyErr_Occurred())
                    _PyEval_NameError(w, 0);
                goto error;
            }
            Py_INCREF(x);
        } else {
            x = _PyEval_LoadName(f, w);
            if (x == NULL)
                goto error;
        }
        PUSH(x);
        NEXT();

    case STORE_NAME: {
        int err = 0;
        SAVE();
        v = POP();
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        x = f->f_locals;
        if (x == NULL || !PyDict_CheckExact(x))
            err = _PyEval_StoreName(f, w, v);
        else if (!_PyEval_ReplaceValue(x, w, v, pc)) {
            err = PyDict_SetItem(x, w, v);
            if (err == 0)
                _PyEval_NotePlace(x, w, pc);
        }
        Py_DECREF(v);
        if (err < 0)
            goto error;
        NEXT();
    }

    case DELETE_NAME:
        SAVE();
        if (_PyEval_StoreName(f, PyTuple_GET_ITEM(f->f_code->co_names, pc->arg), NULL) < 0)
            goto error;
        NEXT();

    case STORE_GLOBAL: {
        int err = 0;
        SAVE();
        v = POP();
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        if (!PyDict_CheckExact(f->f_globals) || !_PyEval_ReplaceValue(f->f_globals, w, v, pc)) {
            err = PyDict_SetItem(f->f_globals, w, v);
            if (err == 0)
                _PyEval_NotePlace(f->f_globals, w, pc);
        }
        Py_DECREF(v);
        if (err < 0)
            goto error;
        NEXT();
    }

    case DELETE_GLOBAL:
        SAVE();
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        if (PyDict_DelItem(f->f_globals, w) < 0) {
            _PyEval_NameError(w, 1);
            goto error;
        }
        NEXT();

    case LOAD_LOCALS:
        SAVE();
        x = f->f_locals;
        if (x == NULL) {
            PyErr_SetString(PyExc_SystemError, "no locals");
            goto error;
        }
        Py_INCREF(x);
        PUSH(x);
        NEXT();

    case LOAD_CLOSURE:
        x = fast[f->f_code->co_nlocals + pc->arg];
        SAVE();
        if (x == NULL) {
            PyErr_SetString(PyExc_SystemError, "missing cell");
            goto error;
        }
        Py_INCREF(x);
        PUSH(x);
        NEXT();

    case LOAD_DEREF:
        x = fast[f->f_code->co_nlocals + pc->arg];
        SAVE();
        if (PY_UNLIKELY(x == NULL || (w = PyCell_GET(x)) == NULL)) {
            _PyEval_FormatUnbound(f->f_code, pc->arg);
            goto error;
        }
        Py_INCREF(w);
        PUSH(w);
        NEXT();

    case STORE_DEREF:
        x = fast[f->f_code->co_nlocals + pc->arg];
        SAVE();
        v = POP();
        if (x == NULL) {
            Py_DECREF(v);
            PyErr_SetString(PyExc_SystemError, "missing cell");
            goto error;
        }
        w = PyCell_GET(x);
        PyCell_SET(x, v);
        Py_XDECREF(w);
        NEXT();

    case OP_LOAD_FAST_LOAD_ATTR:
        v = fast[pc->arg];
        if (PY_UNLIKELY(v == NULL))
            goto unbound_local;
        pc++;
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        x = _PyEval_LoadInstanceAttr(v, w, pc);
        if (x != NULL) {
            Py_INCREF(x);
            PUSH(x);
            NEXT();
        }
        SAVE();
        Py_INCREF(v);
        goto load_attr;

    case LOAD_ATTR:
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        v = TOP();
        SAVE();
        x = _PyEval_LoadInstanceAttr(v, w, pc);
        if (x != NULL) {
            Py_INCREF(x);
            TOP() = x;
            Py_DECREF(v);
            NEXT();
        }
        sp--;
    load_attr:
        if (pc[1].op == CALL_FUNCTION && pc[1].arg == 0 && !tracing) {
            PyMethodDef *ml = _PyEval_BareMethod(v, w);
            if (ml != NULL) {
                pc++;
                SAVE();
                x = _PyEval_CallBare(ml, v);
                Py_DECREF(v);
                tracing = tstate->use_tracing;
                FINISH_PUSH(x);
            }
        }
        x = _PyEval_LoadAttr(v, w, pc);
        Py_DECREF(v);
        FINISH_PUSH(x);

    case STORE_ATTR:
        w = PyTuple_GET_ITEM(f->f_code->co_names, pc->arg);
        v = TOP();
        x = SECOND();
        SAVE();
        sp -= 2;
        if (pc->tag != 0 && pc->tag == Py_TYPE(v)->tp_version_tag &&
            (Py_TYPE(v)->tp_flags & Py_TPFLAGS_VALID_VERSION_TAG)) {
            PyObject *d = *(PyObject **)((char *)v + Py_TYPE(v)->tp_dictoffset);
            if (d != NULL) {
                int err = _PyDict_SetItem_KnownHash(d, w, x, ((PyStringObject *)w)->ob_shash);
                Py_DECREF(x);
                Py_DECREF(v);
                if (err < 0)
                    goto error;
                NEXT();
            }
        }
        {
            PyObject *r = _PyEval_StoreAttr(v, w, x, pc);
            Py_DECREF(x);
            Py_DECREF(v);
            FINISH_DISCARD(r);
        }

    case DELETE_ATTR:
        SAVE();
        v = POP();
        x = PyEval_SetAttrGoOn(v, PyTuple_GET_ITEM(f->f_code->co_names, pc->arg), NULL);
        Py_DECREF(v);
        FINISH_DISCARD(x);

    case BUILD_TUPLE: {
        int n = pc->arg;
        SAVE();
        x = PyTuple_New(n);
        if (x == NULL)
            goto error;
        while (--n >= 0)
            PyTuple_SET_ITEM(x, n, POP());
        PUSH(x);
        NEXT();
    }

    case BUILD_LIST: {
        int n = pc->arg;
        SAVE();
        x = PyList_New(n);
        if (x == NULL)
            goto error;
        while (--n >= 0)
            PyList_SET_ITEM(x, n, POP());
        PUSH(x);
        NEXT();
    }

    case BUILD_SET:
        SAVE();
        sp -= pc->arg;
        x = _PyEval_BuildSet(sp, pc->arg);
        if (x == NULL)
            goto error;
        PUSH(x);
        NEXT();

    case BUILD_MAP:
        SAVE();
        x = pc->arg > 5 ? _PyDict_NewPresized(pc->arg) : PyDict_New();
        if (x == NULL)
            goto error;
        PUSH(x);
        NEXT();

    case STORE_MAP:
    case MAP_ADD: {
        SAVE();
        w = TOP();
        v = SECOND();
        x = pc->orig == STORE_MAP ? THIRD() : sp[-2 - pc->arg];
        sp -= 2;
        int err = -1;
        if (PyDict_CheckExact(x))
            err = PyDict_SetItem(x, w, v);
        else
            PyErr_SetString(PyExc_SystemError, "bytecode stores into what is not a dict");
        Py_DECREF(v);
        Py_DECREF(w);
        if (err < 0)
            goto error;
        NEXT();
    }

    case LIST_APPEND:
    case SET_ADD: {
        SAVE();
        v = POP();
        x = sp[-pc->arg];
        int err = -1;
        if (pc->orig == LIST_APPEND && PyList_CheckExact(x))
            err = PyList_Append(x, v);
        else if (pc->orig == SET_ADD && PyAnySet_Check(x))
            err = PySet_Add(x, v);
        else
            PyErr_SetString(PyExc_SystemError, "bytecode adds to what is not a list or set");
        Py_DECREF(v);
        if (err < 0)
            goto error;
        NEXT();
    }

    case BUILD_SLICE:
        SAVE();
        w = pc->arg == 3 ? POP() : NULL;
        v = POP();
        x = PySlice_New(TOP(), v, w);
        Py_DECREF(TOP());
        Py_DECREF(v);
        Py_XDECREF(w);
        sp--;
        FINISH_PUSH(x);

    case UNPACK_SEQUENCE: {
        int n = pc->arg;
        v = POP();
        SAVE();
        if (PyTuple_CheckExact(v) && PyTuple_GET_SIZE(v) == n) {
            PyObject **items = ((PyTupleObject *)v)->ob_item;
            while (n-- > 0) {
                w = items[n];
                Py_INCREF(w);
                PUSH(w);
            }
        } else if (PyList_CheckExact(v) && PyList_GET_SIZE(v) == n) {
            PyObject **items = ((PyListObject *)v)->ob_item;
            while (n-- > 0) {
                w = items[n];
                Py_INCREF(w);
                PUSH(w);
            }
        } else {
            if (_PyEval_Unpack(v, n, sp) < 0) {
                Py_DECREF(v);
                goto error;
            }
            sp += n;
        }
        Py_DECREF(v);
        NEXT();
    }

    case GET_ITER:
        SAVE();
        v = POP();
        x = PyEval_GetIterGoOn(v);
        Py_DECREF(v);
        FINISH_PUSH(x);

    case FOR_ITER: {
        v = TOP();
        PyTypeObject *tp = Py_TYPE(v);
        SAVE();
        if (tp == &PyListIter_Type) {
            listiterobject *it = (listiterobject *)v;
            if (it->it_seq != NULL && it->it_index < PyList_GET_SIZE(it->it_seq)) {
                x = PyList_GET_ITEM(it->it_seq, it->it_index++);
                Py_INCREF(x);
                goto for_item;
            }
        } else if (tp == &_PyRangeIter_Type) {
            rangeiterobject *it = (rangeiterobject *)v;
            if (it->index < it->len) {
                x = new_int(
                    (py_long)((py_ulong)it->start + (py_ulong)it->index++ * (py_ulong)it->step));
                if (x == NULL)
                    goto error;
                goto for_item;
            }
        } else if (tp == &PyTupleIter_Type) {
            tupleiterobject *it = (tupleiterobject *)v;
            if (it->it_seq != NULL && it->it_index < PyTuple_GET_SIZE(it->it_seq)) {
                x = PyTuple_GET_ITEM(it->it_seq, it->it_index++);
                Py_INCREF(x);
                goto for_item;
            }
        }
        if (tp == &PyGen_Type && !TRACED(tstate)) {
            PyFrameObject *nf = ((PyGenObject *)v)->gi_frame;
            if (PY_LIKELY(nf != NULL && nf->f_stacktop != NULL && !((PyGenObject *)v)->gi_running &&
                          tstate->recursion_depth < _Py_RecursionLimit)) {
                f->f_onresult = ON_FOR_ITER;
                f->f_stacktop = sp;
                _PyGen_Enter(tstate, (PyGenObject *)v, nf);
                goto start_frame;
            }
        }
        x = PyEval_IterNextGoOn(v);
        if (x == Py_GoOn) {
            f->f_onresult = ON_FOR_ITER;
            goto go_on_from_frame;
        }
        if (PY_LIKELY(x != NULL)) {
        for_item:
            if (PY_LIKELY(pc[1].op == STORE_FAST && !tracing)) {
                pc++;
                SAVE();
                w = fast[pc->arg];
                fast[pc->arg] = x;
                Py_XDECREF(w);
                NEXT();
            }
            PUSH(x);
            NEXT();
        }
    iterator_end:
        if (tstate->curexc_type != NULL) {
            if (!PyErr_ExceptionMatches(PyExc_StopIteration))
                goto error;
            PyErr_Clear();
        }
        v = POP();
        pc = instrs + pc->arg;
        Py_DECREF(v);
        goto dispatch;
    }

    case CALL_FUNCTION: {
        int na = pc->arg & 0xff, nk = (pc->arg >> 8) & 0xff;
        PyObject **base = sp - na - 2 * nk - 1, *func = *base, **args = base + 1;
        SAVE();
        if (Py_TYPE(func) == &PyMethod_Type && PyMethod_GET_SELF(func) != NULL) {
            /* The instance takes the method's place on the stack. */
            PyObject *self = PyMethod_GET_SELF(func), *method = func;
            func = PyMethod_GET_FUNCTION(method);
            Py_INCREF(self);
            Py_INCREF(func);
            *base = self;
            Py_DECREF(method);
            args = base;
            na++;
        } else
            Py_INCREF(func);
        if (Py_TYPE(func) == &PyFunction_Type && nk == 0) {
            PyCodeObject *co = (PyCodeObject *)PyFunction_GET_CODE(func);
            if (co->co_argcount == na &&
                (co->co_flags & ~(PyCF_MASK | CO_NESTED)) ==
                    (CO_OPTIMIZED | CO_NEWLOCALS | CO_NOFREE) &&
                co->co_nlocals >= na) {
                PyFrameObject *nf = NULL;
                if (PY_UNLIKELY(tstate->recursion_depth >= _Py_RecursionLimit))
                    PyErr_SetString(PyExc_RuntimeError, "maximum recursion depth exceeded");
                else
                    nf = _PyFrame_NewNoTrack(tstate, co, PyFunction_GET_GLOBALS(func), NULL);
                if (PY_UNLIKELY(nf == NULL)) {
                    Py_DECREF(func);
                    goto error;
                }
                /* The arguments move from one stack to the other frame's locals. */
                for (int i = 0; i < na; i++)
                    nf->f_localsplus[i] = args[i];
                if (PY_UNLIKELY(((PyExec *)co->co_exec)->nkept > 0))
                    _PyFrame_KeepArguments(nf);
                sp = base;
                f->f_onresult = ON_PUSH;
                f->f_stacktop = sp;
                tstate->recursion_depth++;
                Py_INCREF(f);
                nf->f_back = f;
                nf->f_contmark = tstate->cont_top;
                tstate->frame = nf;
                if (args != base)
                    Py_REFCNT(func)--; /* the stack's own reference; ours is left */
                Py_DECREF(func);
                goto start_frame;
            }
        }
        x = _PyEval_CallStack(tstate, func, args, na, nk);
        while (sp > base) {
            v = POP();
            Py_XDECREF(v);
        }
        Py_DECREF(func);
        if (x == Py_GoOn) {
            f->f_onresult = ON_PUSH;
            goto go_on_from_frame;
        }
        tracing = tstate->use_tracing;
        if (x == NULL)
            goto error;
        PUSH(x);
        NEXT();
    }

    case CALL_FUNCTION_VAR:
    case CALL_FUNCTION_KW:
    case CALL_FUNCTION_VAR_KW: {
        int na = pc->arg & 0xff, nk = (pc->arg >> 8) & 0xff;
        SAVE();
        w = pc->orig != CALL_FUNCTION_VAR ? POP() : NULL;
        v = pc->orig != CALL_FUNCTION_KW ? POP() : NULL;
        PyObject **base = sp - na - 2 * nk - 1;
        x = _PyEval_CallStackVar(tstate, *base, base + 1, na, nk, v, w);
        Py_XDECREF(v);
        Py_XDECREF(w);
        while (sp > base) {
            v = POP();
            Py_XDECREF(v);
        }
        FINISH_PUSH(x);
    }

    case MAKE_FUNCTION:
    case MAKE_CLOSURE:
        SAVE();
        x = _PyEval_MakeFunction(f, &sp, pc->arg, pc->orig == MAKE_CLOSURE);
        if (x == NULL)
            goto error;
        PUSH(x);
        NEXT();

    case RETURN_VALUE:
        v = POP();
        SAVE();
        if (PY_LIKELY(f->f_iblock == 0))
            goto leave_frame;
        why = WHY_RETURN;
        goto unwind;

    case YIELD_VALUE: {
        v = POP();
        SAVE();
        if (TRACED(tstate)) {
            v = _PyEval_TraceReturn(tstate, v);
            if (v == Py_GoOn) {
                f->f_onresult = ON_TRACED_YIELD;
                goto go_on_from_frame;
            }
        yield_traced:
            if (v == NULL)
                goto return_traced; /* no handler of the frame sees a tracer's error */
        }
        PyObject *gen = f->f_gen;
        if (gen == NULL) {
            /* Generator code run as if it were not. */
            Py_DECREF(v);
            PyErr_SetString(PyExc_SystemError, "yield outside a generator");
            goto error;
        }
        if (f->f_exc_type != NULL)
            _PyEval_ResetExcInfo(tstate, f);
        f->f_stacktop = sp;
        tstate->frame = f->f_back;
        tstate->recursion_depth -= f->f_cost;
        f->f_cost = 1;
        ((PyGenObject *)gen)->gi_running = 0;
        Py_CLEAR(f->f_back);
        Py_DECREF(f);
        Py_DECREF(gen);
        goto deliver;
    }

    case POP_BLOCK: {
        PyTryBlock *b = &f->f_blockstack[--f->f_iblock];
        SAVE();
        while (sp - f->f_valuestack > b->b_level) {
            v = POP();
            Py_DECREF(v);
        }
        NEXT();
    }

    case SETUP_LOOP:
    case SETUP_EXCEPT:
    case SETUP_FINALLY:
        _PyFrame_BlockSetup(f, pc->orig, pc->arg, (int)(sp - f->f_valuestack));
        NEXT();

    case SETUP_WITH: {
        static PyObject *exit_name, *enter_name;
        SAVE();
        w = TOP();
        x = _PyEval_Special(w, "__exit__", &exit_name);
        if (x == NULL)
            goto error;
        TOP() = x;
        v = _PyEval_Special(w, "__enter__", &enter_name);
        Py_DECREF(w);
        if (v == NULL)
            goto error;
        w = PyTuple_New(0);
        x = w == NULL ? NULL : PyEval_CallGoOn(v, w, NULL);
        Py_XDECREF(w);
        Py_DECREF(v);
        if (x == Py_GoOn) {
            f->f_onresult = ON_WITH_ENTER;
            goto go_on_from_frame;
        }
        if (x == NULL)
            goto error;
    with_entered:
        _PyFrame_BlockSetup(f, SETUP_WITH, pc->arg, (int)(sp - f->f_valuestack));
        PUSH(x);
        NEXT();
    }

    case WITH_CLEANUP: {
        PyObject *u = TOP(), *exit;
        SAVE();
        v = w = Py_None;
        if (u == Py_None || u == &_PyEval_TokenBreak) {
            exit = SECOND();
            SECOND() = u;
            sp--;
            u = Py_None;
        } else if (IS_TOKEN(u)) {
            exit = THIRD();
            THIRD() = SECOND();
            SECOND() = u;
            sp--;
            u = Py_None;
        } else {
            v = SECOND();
            w = THIRD();
            exit = sp[-4];
            sp[-4] = w;
            THIRD() = v;
            SECOND() = u;
            sp--;
        }
        PyObject *args = PyTuple_Pack(3, u, v, w);
        x = args == NULL ? NULL : PyEval_CallGoOn(exit, args, NULL);
        Py_XDECREF(args);
        Py_DECREF(exit);
        if (x == Py_GoOn) {
            f->f_onresult = ON_WITH_EXIT;
            goto go_on_from_frame;
        }
        if (x == NULL)
            goto error;
    with_exited:
        u = TOP();
        if (u != Py_None && !IS_TOKEN(u)) {
            int t = PyObject_IsTrue(x);
            Py_DECREF(x);
            if (t < 0)
                goto error;
            if (t) {
                /* The exception is swallowed: None in its place. */
                for (int i = 0; i < 3; i++) {
                    v = POP();
                    Py_DECREF(v);
                }
                Py_INCREF(Py_None);
                PUSH(Py_None);
            }
        } else
            Py_DECREF(x);
        NEXT();
    }

    case END_FINALLY:
        SAVE();
        v = POP();
        if (v == Py_None) {
            Py_DECREF(v);
            NEXT();
        }
        if (v == &_PyEval_TokenReturn) {
            Py_DECREF(v);
            v = POP();
            why = WHY_RETURN;
            goto unwind;
        }
        if (v == &_PyEval_TokenContinue) {
            Py_DECREF(v);
            v = POP();
            why = WHY_CONTINUE;
            goto unwind;
        }
        if (v == &_PyEval_TokenBreak) {
            Py_DECREF(v);
            why = WHY_BREAK;
            goto unwind;
        }
        w = POP();
        x = POP();
        if (x == Py_None)
            Py_CLEAR(x);
        PyErr_Restore(v, w, x);
        why = WHY_RERAISE;
        goto unwind;

    case BREAK_LOOP:
        SAVE();
        why = WHY_BREAK;
        goto unwind;

    case CONTINUE_LOOP:
        SAVE();
        v = new_int(pc->arg);
        if (v == NULL)
            goto error;
        why = WHY_CONTINUE;
        goto unwind;

    case RAISE_VARARGS:
        SAVE();
        x = pc->arg >= 3 ? POP() : NULL;
        w = pc->arg >= 2 ? POP() : NULL;
        v = pc->arg >= 1 ? POP() : NULL;
        if (_PyEval_DoRaise(v, w, x)) {
            why = WHY_RERAISE;
            goto unwind;
        }
        goto error;

    case IMPORT_NAME:
        SAVE();
        v = POP();
        w = POP();
        x = _PyEval_ImportName(f, PyTuple_GET_ITEM(f->f_code->co_names, pc->arg), v, w);
        Py_DECREF(v);
        Py_DECREF(w);
        FINISH_PUSH(x);

    case IMPORT_FROM:
        SAVE();
        x = _PyEval_ImportFrom(TOP(), PyTuple_GET_ITEM(f->f_code->co_names, pc->arg));
        if (x == NULL)
            goto error;
        PUSH(x);
        NEXT();

    case IMPORT_STAR: {
        SAVE();
        v = POP();
        int err = _PyEval_ImportStar(f, v);
        Py_DECREF(v);
        if (err < 0)
            goto error;
        NEXT();
    }

    case BUILD_CLASS:
        SAVE();
        x = _PyEval_BuildClass(TOP(), SECOND(), THIRD());
        for (int i = 0; i < 3; i++) {
            v = POP();
            Py_DECREF(v);
        }
        FINISH_PUSH(x);

    case EXEC_STMT: {
        SAVE();
        f->f_stacktop = sp;
        x = _PyEval_Exec(f, THIRD(), SECOND(), TOP());
        for (int i = 0; i < 3; i++) {
            v = POP();
            Py_DECREF(v);
        }
        f->f_stacktop = NULL;
        FINISH_DISCARD(x);
    }

    case PRINT_EXPR:
        SAVE();
        v = POP();
        x = _PyEval_PrintExpr(v);
        Py_DECREF(v);
        FINISH_DISCARD(x);

    case PRINT_ITEM:
    case PRINT_ITEM_TO:
        SAVE();
        w = pc->orig == PRINT_ITEM_TO ? POP() : NULL;
        v = POP();
        x = _PyEval_Print(v, w);
        Py_DECREF(v);
        Py_XDECREF(w);
        FINISH_DISCARD(x);

    case PRINT_NEWLINE:
    case PRINT_NEWLINE_TO:
        SAVE();
        w = pc->orig == PRINT_NEWLINE_TO ? POP() : NULL;
        x = _PyEval_PrintNewline(w);
        Py_XDECREF(w);
        FINISH_DISCARD(x);

    case OP_BAD:
    default:
        SAVE();
        PyErr_SetString(PyExc_SystemError, "unknown opcode");
        goto error;
    }

unbound_local:
    SAVE();
    PyErr_Format(PyExc_UnboundLocalError, "local variable '%.200s' referenced before assignment",
                 pc->arg < PyTuple_GET_SIZE(f->f_code->co_varnames)
                     ? PyString_AsString(PyTuple_GET_ITEM(f->f_code->co_varnames, pc->arg))
                     : "?");

error:
    if (PY_UNLIKELY(tstate->curexc_type == NULL))
        PyErr_SetString(PyExc_SystemError, "error return without exception set");
    PyTraceBack_Here(f);
    if (PY_UNLIKELY(tstate->c_tracefunc != NULL) && !tstate->tracing) {
        f->f_stacktop = sp;
        if (_PyEval_TraceException(tstate) == Py_GoOn) {
            f->f_onresult = ON_TRACED_EXCEPTION;
            goto go_on;
        }
        f->f_stacktop = NULL;
    }
exception_traced:
    why = WHY_EXCEPTION;

unwind:
    /* v: the return value, or the target of continue. */
    f->f_flags &= (uint8_t)~FRAME_AT;
    while (f->f_iblock > 0) {
        PyTryBlock *b = &f->f_blockstack[f->f_iblock - 1];
        if (b->b_type == SETUP_LOOP && why == WHY_CONTINUE) {
            pc = instrs + PyInt_AS_LONG(v);
            Py_DECREF(v);
            if (PY_UNLIKELY(--_Py_Ticker < 0))
                goto tick;
            goto dispatch;
        }
        f->f_iblock--;
        while (sp - f->f_valuestack > b->b_level) {
            w = POP();
            Py_XDECREF(w);
        }
        if (b->b_type == SETUP_LOOP) {
            if (why == WHY_BREAK)
                JUMP(b->b_handler);
            continue;
        }
        if (why == WHY_EXCEPTION || why == WHY_RERAISE) {
            PyObject *type, *value, *tb;
            PyErr_Fetch(&type, &value, &tb);
            if (value == NULL) {
                value = Py_None;
                Py_INCREF(value);
            }
            if (b->b_type == SETUP_EXCEPT || b->b_type == SETUP_WITH) {
                PyErr_NormalizeException(&type, &value, &tb);
                _PyEval_SetExcInfo(tstate, type, value, tb);
            }
            if (tb == NULL) {
                tb = Py_None;
                Py_INCREF(tb);
            }
            PUSH(tb);
            PUSH(value);
            PUSH(type);
            pc = instrs + b->b_handler;
            if (PY_UNLIKELY(_Py_PendingSignals))
                goto tick; /* a signal's handler has raised, and others wait */
            goto dispatch;
        }
        if (b->b_type == SETUP_FINALLY || b->b_type == SETUP_WITH) {
            PyObject *token = &_PyEval_TokenBreak;
            if (why == WHY_RETURN || why == WHY_CONTINUE) {
                PUSH(v);
                token = why == WHY_RETURN ? &_PyEval_TokenReturn : &_PyEval_TokenContinue;
            }
            Py_INCREF(token);
            PUSH(token);
            JUMP(b->b_handler);
        }
    }
    if (why == WHY_CONTINUE || why == WHY_BREAK) {
        /* The verifier lets no such code pass. */
        if (why == WHY_CONTINUE)
            Py_DECREF(v);
        PyErr_SetString(PyExc_SystemError, "break or continue outside a loop");
        why = WHY_EXCEPTION;
    }
    if (why != WHY_RETURN)
        v = NULL;

leave_frame:
    /* v: what the frame answers, owned, or NULL. */
    if (TRACED(tstate)) {
        while (sp > f->f_valuestack) {
            w = POP();
            Py_XDECREF(w);
        }
        v = _PyEval_TraceReturn(tstate, v);
        if (v == Py_GoOn) {
            f->f_onresult = ON_TRACED_RETURN;
            goto go_on_from_frame;
        }
    }
return_traced:
    while (sp > f->f_valuestack) {
        w = POP();
        Py_XDECREF(w);
    }
    if (f->f_exc_type != NULL)
        _PyEval_ResetExcInfo(tstate, f);
    tstate->frame = f->f_back;
    tstate->recursion_depth -= f->f_cost;
    if (PY_UNLIKELY(f->f_gen != NULL)) {
        PyObject *gen = f->f_gen;
        f->f_cost = 1;
        Py_CLEAR(f->f_back);
        _PyGen_Finished((PyGenObject *)gen);
        Py_DECREF(gen);
        if (v != NULL) {
            /* return in a generator: its end. */
            Py_DECREF(v);
            v = NULL;
        }
    }
    if (Py_REFCNT(f) > 1 && !_PyObject_GC_IS_TRACKED(f))
        PyObject_GC_Track(f); /* somebody keeps it: the collector must know */
    if (tstate->frame != NULL && Py_REFCNT(f) == 1 && f->f_back != NULL) {
        f->f_back = NULL;
        Py_REFCNT(tstate->frame)--;
    }
    if (PY_UNLIKELY(((PyExec *)f->f_code->co_exec)->nkept > 0))
        _PyEval_LeaveKeeping(f);
    else
        drop((PyObject *)f);

deliver:
    /* v: the answer of the callee that just ended, owned, or NULL. */
    f = tstate->frame;
    while (tstate->cont_top > (f == NULL ? 0 : f->f_contmark)) {
        PyCont c = tstate->conts[--tstate->cont_top];
        if (c.fn == _PyEval_ExitCont) {
            _PyEval_ExitValue = v;
            tstate->goon = (int)c.n;
            tstate->goon_value = c.a;
            return RUN_EXIT;
        }
        if (PY_LIKELY(c.depth == 0))
            v = c.fn(&c, v);
        else
            v = _PyEval_CallCont(tstate, &c, v);
        if (v == Py_GoOn)
            goto go_on;
        f = tstate->frame;
    }
    if (f == NULL)
        Py_FatalError("a result and nobody to deliver it to");

to_frame:
    f = tstate->frame;
    instrs = ((PyExec *)f->f_code->co_exec)->instr;
    fast = f->f_localsplus;
    sp = f->f_stacktop;
    f->f_stacktop = NULL;
    pc = (PyInstr *)f->f_pc;
    tracing = tstate->use_tracing;
    f->f_flags &= (uint8_t)~FRAME_REENTER;
    if (PY_LIKELY(f->f_onresult == ON_PUSH)) {
        if (v == NULL) {
        thrown_in:
            f->f_started |= f->f_flags & FRAME_AT && pc > instrs;
            goto error;
        }
        PUSH(v);
        pc++;
        goto dispatch;
    }
    why = f->f_onresult;
    f->f_onresult = ON_PUSH;
    x = v;
    switch (why) {
    case ON_RETRY:
        if (v == NULL)
            goto error;
        Py_DECREF(v);
        f->f_flags &= (uint8_t)~FRAME_AT;
        f->f_started = 1;
        goto dispatch;
    case ON_FOR_ITER:
        if (v == NULL)
            goto iterator_end;
        goto for_item;
    case ON_DISCARD:
        if (v == NULL)
            goto error;
        Py_DECREF(v);
        pc++;
        goto dispatch;
    case ON_BOOL:
        if (v == NULL)
            goto error;
        goto truth_known;
    case ON_CONTAINS:
        if (v == NULL)
            goto error;
        if (pc->arg == PyCmp_NOT_IN) {
            x = v == Py_True ? Py_False : Py_True;
            Py_INCREF(x);
            Py_DECREF(v);
        }
        PUSH(x);
        pc++;
        goto dispatch;
    case ON_WITH_ENTER:
        if (v == NULL)
            goto error;
        goto with_entered;
    case ON_TRACED_CALL:
        if (v == NULL)
            goto return_traced;
        Py_DECREF(v);
        if (tstate->curexc_type != NULL) /* thrown into a generator */
            goto thrown_in;
        f->f_stacktop = sp;
        goto call_traced;
    case ON_TRACED_LINE:
        f->f_stacktop = sp;
        goto line_traced;
    case ON_TRACED_EXCEPTION:
        goto exception_traced;
    case ON_TRACED_YIELD:
        goto yield_traced;
    case ON_TRACED_RETURN:
        goto return_traced;
    default: /* ON_WITH_EXIT */
        if (v == NULL)
            goto error;
        goto with_exited;
    }

go_on_from_frame:
    f->f_stacktop = sp;

go_on:
    switch (tstate->goon) {
    case PyGoOn_FRAME:
        goto start_frame;
    case PyGoOn_VALUE:
        v = tstate->goon_value;
        tstate->goon_value = NULL;
        tstate->goon = PyGoOn_NONE;
        goto deliver;
    default:
        return RUN_WAITING;
    }

tick:
    /* pc is the instruction to execute next. */
    f->f_pc = pc;
    f->f_flags |= FRAME_AT | FRAME_REENTER;
    f->f_stacktop = sp;
    /* What has come is looked at first: with a budget of one tick it would never be otherwise. */
    int granted = _PyEval_GrantTicks();
    if (PY_UNLIKELY(tstate->async_exc != NULL)) {
        PyErr_SetNone(tstate->async_exc);
        Py_CLEAR(tstate->async_exc);
        v = NULL;
        f->f_onresult = ON_RETRY;
        goto to_frame;
    }
    if (_PyHooks.signal_handlers != NULL && _PyThread_AtTick(tstate)) {
        x = _PyHooks.signal_handlers();
        if (x == Py_GoOn) {
            f->f_onresult = ON_RETRY;
            goto go_on;
        }
        if (x == NULL) {
            v = NULL;
            f->f_onresult = ON_RETRY;
            goto to_frame;
        }
        Py_DECREF(x);
    }
    tstate->goon = PyGoOn_FRAME;
    /* Only the outermost loop can leave for a budget that is used up. */
    return !granted && tstate->nested == 0 ? RUN_HOST : RUN_REENTER;
}
