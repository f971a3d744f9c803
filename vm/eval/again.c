/* SPDX-License-Identifier: MIT */
/* Functions that are started again when an answer is there (objects/ask.c): the side that runs them
 * and gets the answers. Invariant: the arguments and the answers so far are all there is to a
 * function that waits. */
#include "eval.h"

/* n: the function; a, b, c its arguments; d a list: the answers and, last, the question that is
 * asked now */
static PyObject *answered(PyCont *c, PyObject *value);

static PyObject *run(_PyAgainFunc func, PyObject *a, PyObject *b, PyObject *c, PyObject *answers)
{
    _PyAsk ask = {.answers = answers}, *outer = _PyAsk_Current;
    PyObject *result;

    Py_XINCREF(answers);
    _PyAsk_Current = &ask;
    int depth = PyThreadState_GET()->recursion_depth;
    result = func(a, b, c);
    _PyAsk_Current = outer;
    if (ask.question == NULL) {
        Py_XDECREF(ask.answers);
        return result;
    }
    Py_XDECREF(result);
    PyErr_Clear();
    if (ask.answers == NULL)
        ask.answers = PyList_New(0);
    PyCont *k = NULL;
    result = NULL;
    if (ask.answers != NULL && PyList_Append(ask.answers, ask.question) == 0 &&
        (k = PyEval_PushCont(answered)) != NULL) {
        k->n = (py_long)(intptr_t)func;
        Py_XINCREF(a);
        k->a = a;
        Py_XINCREF(b);
        k->b = b;
        Py_XINCREF(c);
        k->c = c;
        k->d = ask.answers;
        /* What the function has entered on the way to its question counts while that is answered.
         */
        result = PyEval_Then(
            _PyEval_CallDeep(ask.question, ask.args, ask.kwds, ask.depth - depth + DEPTH_CALL));
    } else
        Py_XDECREF(ask.answers);
    Py_DECREF(ask.question);
    Py_DECREF(ask.args);
    Py_XDECREF(ask.kwds);
    return result;
}

static PyObject *answered(PyCont *c, PyObject *value)
{
    Py_ssize_t last = PyList_GET_SIZE(c->d) - 1;
    PyObject *question = PyList_GET_ITEM(c->d, last), *result = NULL;

    Py_INCREF(question);
    Py_SIZE(c->d) = last; /* its place in the list goes to the answer */
    Py_DECREF(question);
    if (_PyAsk_Answered(c->d, question, value) == 0)
        result = run((_PyAgainFunc)(intptr_t)c->n, c->a, c->b, c->c, c->d);
    Py_DECREF(question);
    PyEval_ReleaseCont(c);
    return result;
}

PyObject *_PyEval_AgainGoOn(_PyAgainFunc func, PyObject *a, PyObject *b, PyObject *c)
{
    return run(func, a, b, c, NULL);
}
