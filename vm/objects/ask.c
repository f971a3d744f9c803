/* SPDX-License-Identifier: MIT */
/* Asking Python code from C functions that can be started again (goon.h). A slot that calls a
 * method written in Python asks here. Inside such a function the first question that has no answer
 * yet stops the function, the eval loop gets the answer, and the function is started again and told
 * it.
 *
 * Invariant: no Python code runs twice for one question. Answers are given in the order of the
 * questions; whatever else runs Python code meanwhile (a finalizer, a warning) makes the function
 * nest from then on, since it could not be taken back. */
#include "Python.h"

_PyAsk *_PyAsk_Current;
const _PyGoOnSlots _PyGoOn_Again = {.again = 1};

/* After that many answers a function had better nest than be started once more. */
enum { ASK_ENOUGH = 8 };

/* The same function for the same object? Bound methods are made anew each time. */
static int same_question(PyObject *a, PyObject *b)
{
    if (a == b)
        return 1;
    if (Py_TYPE(a) != Py_TYPE(b))
        return 0;
    if (PyMethod_Check(a))
        return PyMethod_GET_FUNCTION(a) == PyMethod_GET_FUNCTION(b) &&
               PyMethod_GET_SELF(a) == PyMethod_GET_SELF(b);
    if (PyCFunction_Check(a))
        return ((PyCFunctionObject *)a)->m_ml == ((PyCFunctionObject *)b)->m_ml &&
               ((PyCFunctionObject *)a)->m_self == ((PyCFunctionObject *)b)->m_self;
    if (Py_TYPE(a) == &PyMethodWrapper_Type) {
        void (*wa)(void), (*wb)(void);
        PyObject *sa = _PyWrapper_Self(a, &wa), *sb = _PyWrapper_Self(b, &wb);
        return sa == sb && wa == wb;
    }
    return 0;
}

int _PyAsk_Answered(PyObject *answers, PyObject *question, PyObject *value)
{
    PyObject *type = NULL, *tb = NULL, *entry;
    int status = -1;

    if (value == NULL)
        PyErr_Fetch(&type, &value, &tb);
    entry = PyTuple_Pack(4, question, value != NULL ? value : Py_None,
                         type != NULL ? type : Py_None, tb != NULL ? tb : Py_None);
    if (entry != NULL) {
        status = PyList_Append(answers, entry);
        Py_DECREF(entry);
    }
    Py_XDECREF(value);
    Py_XDECREF(type);
    Py_XDECREF(tb);
    return status;
}

static PyObject *none_as_null(PyObject *o)
{
    if (o == Py_None)
        return NULL;
    Py_INCREF(o);
    return o;
}

static PyObject *answer_again(PyObject *entry)
{
    PyObject *value = PyTuple_GET_ITEM(entry, 1), *type = PyTuple_GET_ITEM(entry, 2);

    if (type != Py_None) {
        Py_INCREF(type);
        PyErr_Restore(type, none_as_null(value), none_as_null(PyTuple_GET_ITEM(entry, 3)));
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

PyObject *_PyAsk_Call(PyObject *func, PyObject *args, PyObject *kwds)
{
    _PyAsk *ask = _PyAsk_Current;
    PyObject *inner = PyMethod_Check(func) ? PyMethod_GET_FUNCTION(func) : func, *value;
    int in_c = Py_TYPE(inner) != _PyHooks.function_type;

    if (ask == NULL || ask->nests)
        return PyObject_Call(func, args, kwds);
    if (ask->question != NULL)
        goto stop; /* on its way out */
    if (ask->answers != NULL && ask->next < PyList_GET_SIZE(ask->answers)) {
        PyObject *entry = PyList_GET_ITEM(ask->answers, ask->next);
        if (same_question(PyTuple_GET_ITEM(entry, 0), func)) {
            ask->next++;
            return answer_again(entry);
        }
        if (in_c) /* it has asked in its turn, and gets the same answers again */
            return PyObject_Call(func, args, kwds);
        ask->nests = 1; /* the answers have changed the course of things */
        return PyObject_Call(func, args, kwds);
    }
    if (ask->next >= ASK_ENOUGH) {
        ask->nests = 1;
        return PyObject_Call(func, args, kwds);
    }
    if (in_c) {
        /* Called at once, but only once, unless it asks. */
        Py_ssize_t asked = ask->next;
        value = PyObject_Call(func, args, kwds);
        if (ask->nests || ask->question != NULL || ask->next != asked)
            return value;
        if (ask->answers == NULL && (ask->answers = PyList_New(0)) == NULL) {
            Py_XDECREF(value);
            return NULL;
        }
        Py_XINCREF(value);
        if (_PyAsk_Answered(ask->answers, func, value) < 0) {
            Py_XDECREF(value);
            return NULL;
        }
        if (value != NULL)
            Py_DECREF(value);
        return answer_again(PyList_GET_ITEM(ask->answers, ask->next++));
    }
    Py_INCREF(func);
    ask->question = func;
    Py_INCREF(args);
    ask->args = args;
    Py_XINCREF(kwds);
    ask->kwds = kwds;
    ask->depth = PyThreadState_GET()->recursion_depth;
stop:
    PyErr_SetString(PyExc_SystemError, "the answer is not there yet");
    return NULL;
}

PyObject *_PyAsk_ObjArgs(PyObject *func, PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *args = a == NULL   ? PyTuple_New(0)
                     : b == NULL ? PyTuple_Pack(1, a)
                     : c == NULL ? PyTuple_Pack(2, a, b)
                                 : PyTuple_Pack(3, a, b, c);
    PyObject *result = args == NULL ? NULL : _PyAsk_Call(func, args, NULL);

    Py_XDECREF(args);
    return result;
}
