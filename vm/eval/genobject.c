/* SPDX-License-Identifier: MIT */
/* Generators. Invariant: gi_frame is the suspended (or running) frame, NULL once it has finished;
 * while suspended the frame has no f_back. Resuming pushes the frame: the loop does not nest. */
#include "eval.h"

PyObject *PyGen_New(PyFrameObject *f)
{
    PyGenObject *gen = PyObject_GC_New(PyGenObject, &PyGen_Type);
    if (gen == NULL) {
        Py_DECREF(f);
        return NULL;
    }
    gen->gi_frame = f;
    gen->gi_code = (PyObject *)f->f_code;
    Py_INCREF(gen->gi_code);
    gen->gi_running = 0;
    gen->gi_weakreflist = NULL;
    f->f_gen = (PyObject *)gen;
    PyObject_GC_Track(gen);
    return (PyObject *)gen;
}

void _PyGen_Finished(PyGenObject *gen)
{
    PyFrameObject *f = gen->gi_frame;
    gen->gi_running = 0;
    gen->gi_frame = NULL;
    if (f != NULL) {
        f->f_gen = NULL;
        Py_DECREF(f);
    }
}

PyObject *_PyGen_ResumeGoOn(PyGenObject *gen, PyObject *value)
{
    PyThreadState *tstate = PyThreadState_GET();
    PyFrameObject *f = gen->gi_frame;
    if (gen->gi_running) {
        if (value == NULL)
            PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "generator already executing");
        return NULL;
    }
    if (f == NULL || f->f_stacktop == NULL)
        return NULL; /* at the end; a thrown error stays set */
    if (!f->f_started && value != NULL && value != Py_None) {
        PyErr_SetString(PyExc_TypeError, "can't send non-None value to a just-started generator");
        return NULL;
    }
    Py_INCREF(f);
    PyObject *r = _PyEval_PushFrame(tstate, f);
    if (r == NULL) {
        /* Too deep: that is an error of the generator, which ends it. */
        PyObject *type, *error, *tb;
        PyErr_Fetch(&type, &error, &tb);
        _PyGen_Finished(gen);
        PyErr_Restore(type, error, tb);
        return NULL;
    }
    gen->gi_running = 1;
    Py_INCREF(gen); /* for the run; the loop drops it when the frame is left */
    if (value == NULL) {
        /* The error is what the frame's yield gives; a tracer's own takes its place. */
        f->f_onresult = TRACED(tstate) ? ON_TRACED_CALL : ON_PUSH;
        return PyEval_Then(TRACED(tstate) ? _PyEval_TraceCall(tstate) : NULL);
    }
    if (f->f_started) {
        Py_INCREF(value);
        *f->f_stacktop++ = value;
        if (!(f->f_flags & FRAME_AT)) {
            f->f_pc++;
            f->f_flags |= FRAME_AT;
        }
    }
    return r;
}

static PyObject *gen_resume_nested(PyGenObject *gen, PyObject *value)
{
    int32_t mark = _PyEval_EnterNested();
    if (mark < 0)
        return NULL;
    return _PyEval_FinishNested(mark, _PyGen_ResumeGoOn(gen, value));
}

static PyObject *gen_iternext(PyObject *self)
{
    return gen_resume_nested((PyGenObject *)self, Py_None);
}

/* After next(), send() or throw(): the end becomes StopIteration. */
static PyObject *method_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    if (value == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return value;
}

static PyObject *resume_method(PyGenObject *gen, PyObject *value)
{
    if (PyEval_PushCont(method_done) == NULL)
        return NULL;
    return PyEval_Then(_PyGen_ResumeGoOn(gen, value));
}

PyObject *_PyGen_NextGoOn(PyObject *self)
{
    return resume_method((PyGenObject *)self, Py_None);
}

/* send(arg) -> send 'arg' into the generator; return next yielded value or raise StopIteration. */
static PyObject *gen_send(PyObject *self, PyObject *arg)
{
    return resume_method((PyGenObject *)self, arg);
}

/* throw(typ[,val[,tb]]) -> raise exception in generator; return next yielded value or raise
 * StopIteration. */
static PyObject *gen_throw(PyObject *self, PyObject *args)
{
    PyObject *type, *value = NULL, *tb = NULL;
    if (!PyArg_UnpackTuple(args, "throw", 1, 3, &type, &value, &tb))
        return NULL;
    if (tb == Py_None)
        tb = NULL;
    else if (tb != NULL && !PyTraceBack_Check(tb)) {
        PyErr_SetString(PyExc_TypeError, "throw() third argument must be a traceback object");
        return NULL;
    }
    Py_INCREF(type);
    Py_XINCREF(value);
    Py_XINCREF(tb);
    if (PyExceptionClass_Check(type))
        PyErr_NormalizeException(&type, &value, &tb);
    else if (PyExceptionInstance_Check(type)) {
        if (value != NULL && value != Py_None) {
            PyErr_SetString(PyExc_TypeError, "instance exception may not have a separate value");
            goto fail;
        }
        Py_XSETREF(value, type);
        type = PyExceptionInstance_Class(type);
        Py_INCREF(type);
    } else {
        PyErr_Format(PyExc_TypeError, "exceptions must be classes, or instances, not %s",
                     Py_TYPE(type)->tp_name);
        goto fail;
    }
    PyErr_Restore(type, value, tb);
    return resume_method((PyGenObject *)self, NULL);
fail:
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return NULL;
}

static PyObject *close_result(PyObject *value)
{
    if (value != NULL) {
        Py_DECREF(value);
        PyErr_SetString(PyExc_RuntimeError, "generator ignored GeneratorExit");
        return NULL;
    }
    if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_StopIteration) ||
        PyErr_ExceptionMatches(PyExc_GeneratorExit)) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return NULL;
}

static PyObject *close_done(PyCont *c, PyObject *value)
{
    PyEval_ReleaseCont(c);
    return close_result(value);
}

/* close() -> raise GeneratorExit inside generator. */
static PyObject *gen_close(PyObject *self, PyObject *unused)
{
    if (PyEval_PushCont(close_done) == NULL)
        return NULL;
    PyErr_SetNone(PyExc_GeneratorExit);
    return PyEval_Then(_PyGen_ResumeGoOn((PyGenObject *)self, NULL));
}

int PyGen_NeedsFinalizing(PyGenObject *gen)
{
    PyFrameObject *f = gen->gi_frame;
    if (f == NULL || f->f_stacktop == NULL)
        return 0;
    for (int i = f->f_iblock; --i >= 0;)
        if (f->f_blockstack[i].b_type != SETUP_LOOP)
            return 1;
    return 0;
}

/* The finalizer: closes a generator that is suspended inside a try. */
static void gen_del(PyObject *self)
{
    PyGenObject *gen = (PyGenObject *)self;
    PyObject *et, *ev, *etb;
    if (gen->gi_frame == NULL || gen->gi_frame->f_stacktop == NULL)
        return;
    Py_REFCNT(self) = 1; /* resurrected while close() runs */
    PyErr_Fetch(&et, &ev, &etb);
    PyErr_SetNone(PyExc_GeneratorExit);
    PyObject *r = close_result(gen_resume_nested(gen, NULL));
    if (r == NULL)
        PyErr_WriteUnraisable(self);
    else
        Py_DECREF(r);
    PyErr_Restore(et, ev, etb);
    Py_REFCNT(self)--;
}

static void gen_dealloc(PyObject *self)
{
    PyGenObject *gen = (PyGenObject *)self;
    PyObject_GC_UnTrack(self);
    if (gen->gi_weakreflist != NULL)
        PyObject_ClearWeakRefs(self);
    PyObject_GC_Track(self);
    if (gen->gi_frame != NULL && gen->gi_frame->f_stacktop != NULL) {
        /* Where nothing would catch GeneratorExit only a tracer could tell whether it is raised. */
        if (PyGen_NeedsFinalizing(gen) || TRACED(PyThreadState_GET())) {
            gen_del(self);
            if (Py_REFCNT(self) > 0)
                return; /* somebody kept it */
        }
    }
    PyObject_GC_UnTrack(self);
    if (gen->gi_frame != NULL) {
        gen->gi_frame->f_gen = NULL;
        Py_CLEAR(gen->gi_frame);
    }
    Py_CLEAR(gen->gi_code);
    PyObject_GC_Del(self);
}

static int gen_traverse(PyObject *self, visitproc visit, void *arg)
{
    PyGenObject *gen = (PyGenObject *)self;
    Py_VISIT(gen->gi_frame);
    Py_VISIT(gen->gi_code);
    return 0;
}

static PyObject *gen_repr(PyObject *self)
{
    PyCodeObject *co = (PyCodeObject *)((PyGenObject *)self)->gi_code;
    return PyString_FromFormat("<generator object %.200s at %p>", PyString_AsString(co->co_name),
                               self);
}

static PyObject *gen_get_name(PyObject *self, void *closure)
{
    PyObject *name = ((PyCodeObject *)((PyGenObject *)self)->gi_code)->co_name;
    Py_INCREF(name);
    return name;
}

static PyGetSetDef gen_getset[] = {
    {"__name__", gen_get_name, NULL, "name of the generator's function", NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMemberDef gen_members[] = {
    {"gi_frame", T_OBJECT, offsetof(PyGenObject, gi_frame), RO, NULL},
    {"gi_running", T_INT, offsetof(PyGenObject, gi_running), RO, NULL},
    {"gi_code", T_OBJECT, offsetof(PyGenObject, gi_code), RO, NULL},
    {NULL, 0, 0, 0, NULL}};

static PyMethodDef gen_methods[] = {
    {"send", gen_send, METH_O | METH_RESUMABLE,
     "send(arg) -> send 'arg' into generator;\nreturn next yielded value or raise StopIteration."},
    {"throw", gen_throw, METH_VARARGS | METH_RESUMABLE,
     "throw(typ[,val[,tb]]) -> raise exception in generator;\nreturn next yielded value or raise "
     "StopIteration."},
    {"close", gen_close, METH_NOARGS | METH_RESUMABLE,
     "close() -> raise GeneratorExit inside generator."},
    {NULL, NULL, 0, NULL}};

PyTypeObject PyGen_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "generator",
    .tp_basicsize = sizeof(PyGenObject),
    .tp_x64_basicsize = 48,
    .tp_dealloc = gen_dealloc,
    .tp_repr = gen_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = gen_traverse,
    .tp_weaklistoffset = offsetof(PyGenObject, gi_weakreflist),
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = gen_iternext,
    .tp_methods = gen_methods,
    .tp_members = gen_members,
    .tp_getset = gen_getset,
    .tp_del = gen_del,
};
