/* SPDX-License-Identifier: MIT */
/* What instructions do that is too much for the loop itself: raise, import, class, functions, exec,
 * print, slices, comparisons, unpacking; and what C code may ask about the current frame. */
#include "eval.h"

void _PyEval_FormatUnbound(PyCodeObject *co, int index)
{
    PyObject *name;
    if (PyErr_Occurred())
        return;
    if (index < PyTuple_GET_SIZE(co->co_cellvars)) {
        name = PyTuple_GET_ITEM(co->co_cellvars, index);
        PyErr_Format(PyExc_UnboundLocalError,
                     "local variable '%.200s' referenced before assignment",
                     PyString_AsString(name));
    } else {
        name = PyTuple_GET_ITEM(co->co_freevars, index - PyTuple_GET_SIZE(co->co_cellvars));
        PyErr_Format(PyExc_NameError,
                     "free variable '%.200s' referenced before assignment in enclosing scope",
                     PyString_AsString(name));
    }
}

void _PyEval_NameError(PyObject *name, int global)
{
    PyErr_Format(PyExc_NameError,
                 global ? "global name '%.200s' is not defined" : "name '%.200s' is not defined",
                 PyString_Check(name) ? PyString_AS_STRING(name) : "?");
}

/* ---- sys.exc_info ---- */

void _PyEval_SetExcInfo(PyThreadState *tstate, PyObject *type, PyObject *value, PyObject *tb)
{
    PyFrameObject *f = tstate->frame;
    if (f->f_exc_type == NULL) {
        /* The first exception this frame handles: keep what was being handled outside. */
        if (tstate->exc_type == NULL) {
            Py_INCREF(Py_None);
            tstate->exc_type = Py_None;
        }
        f->f_exc_type = tstate->exc_type;
        Py_INCREF(f->f_exc_type);
        f->f_exc_value = tstate->exc_value;
        Py_XINCREF(f->f_exc_value);
        f->f_exc_traceback = tstate->exc_traceback;
        Py_XINCREF(f->f_exc_traceback);
    }
    PyObject *ot = tstate->exc_type, *ov = tstate->exc_value, *otb = tstate->exc_traceback;
    Py_INCREF(type);
    Py_XINCREF(value);
    Py_XINCREF(tb);
    tstate->exc_type = type;
    tstate->exc_value = value;
    tstate->exc_traceback = tb;
    Py_XDECREF(ot);
    Py_XDECREF(ov);
    Py_XDECREF(otb);
    /* The old names in sys. */
    if (_PyHooks.sys_set != NULL) {
        _PyHooks.sys_set("exc_type", type);
        _PyHooks.sys_set("exc_value", value ? value : Py_None);
        _PyHooks.sys_set("exc_traceback", tb ? tb : Py_None);
    }
}

void _PyEval_ResetExcInfo(PyThreadState *tstate, PyFrameObject *f)
{
    PyObject *ot = tstate->exc_type, *ov = tstate->exc_value, *otb = tstate->exc_traceback;
    tstate->exc_type = f->f_exc_type;
    tstate->exc_value = f->f_exc_value;
    tstate->exc_traceback = f->f_exc_traceback;
    f->f_exc_type = f->f_exc_value = f->f_exc_traceback = NULL;
    if (_PyHooks.sys_set != NULL) {
        _PyHooks.sys_set("exc_type", tstate->exc_type);
        _PyHooks.sys_set("exc_value", tstate->exc_value ? tstate->exc_value : Py_None);
        _PyHooks.sys_set("exc_traceback", tstate->exc_traceback ? tstate->exc_traceback : Py_None);
    }
    Py_XDECREF(ot);
    Py_XDECREF(ov);
    Py_XDECREF(otb);
}

int _PyEval_DoRaise(PyObject *type, PyObject *value, PyObject *tb)
{
    if (type == NULL) {
        PyThreadState *tstate = PyThreadState_GET();
        type = tstate->exc_type == NULL ? Py_None : tstate->exc_type;
        value = tstate->exc_value;
        tb = tstate->exc_traceback;
        Py_INCREF(type);
        Py_XINCREF(value);
        Py_XINCREF(tb);
    }
    if (tb == Py_None)
        Py_CLEAR(tb);
    else if (tb != NULL && !PyTraceBack_Check(tb)) {
        PyErr_SetString(PyExc_TypeError, "raise: arg 3 must be a traceback or None");
        goto fail;
    }
    if (value == NULL) {
        value = Py_None;
        Py_INCREF(value);
    }
    /* A tuple stands for its first item, again and again. */
    while (PyTuple_Check(type) && PyTuple_GET_SIZE(type) > 0) {
        PyObject *first = PyTuple_GET_ITEM(type, 0);
        Py_INCREF(first);
        Py_SETREF(type, first);
    }
    if (PyExceptionClass_Check(type)) {
        PyErr_NormalizeException(&type, &value, &tb);
        if (!PyExceptionInstance_Check(value)) {
            PyErr_Format(PyExc_TypeError,
                         "calling %s() should have returned an instance of BaseException, not '%s'",
                         PyType_Check(type) ? ((PyTypeObject *)type)->tp_name : "?",
                         Py_TYPE(value)->tp_name);
            goto fail;
        }
    } else if (PyExceptionInstance_Check(type)) {
        if (value != Py_None) {
            PyErr_SetString(PyExc_TypeError, "instance exception may not have a separate value");
            goto fail;
        }
        Py_SETREF(value, type);
        type = PyExceptionInstance_Class(type);
        Py_INCREF(type);
    } else {
        PyErr_Format(PyExc_TypeError,
                     "exceptions must be old-style classes or derived from BaseException, not %s",
                     Py_TYPE(type)->tp_name);
        goto fail;
    }
    if (Py_Py3kWarningFlag && PyClass_Check(type) &&
        PyErr_WarnEx(PyExc_DeprecationWarning, "exceptions must derive from BaseException in 3.x",
                     1) < 0)
        goto fail;
    PyErr_Restore(type, value, tb);
    return tb != NULL;
fail:
    Py_XDECREF(value);
    Py_XDECREF(type);
    Py_XDECREF(tb);
    return 0;
}

PyObject *_PyEval_ExcMatch(PyObject *v, PyObject *w)
{
    static const char py3k[] =
        "catching classes that don't inherit from BaseException is not allowed in 3.x";
    if (PyTuple_Check(w)) {
        Py_ssize_t n = PyTuple_GET_SIZE(w);
        for (Py_ssize_t i = 0; i < n; i++) {
            PyObject *exc = PyTuple_GET_ITEM(w, i);
            if (PyString_Check(exc)) {
                if (PyErr_WarnEx(PyExc_DeprecationWarning,
                                 "catching of string exceptions is deprecated", 1) < 0)
                    return NULL;
            } else if (Py_Py3kWarningFlag && !PyTuple_Check(exc) && !PyExceptionClass_Check(exc) &&
                       PyErr_WarnEx(PyExc_DeprecationWarning, py3k, 1) < 0)
                return NULL;
        }
    } else if (PyString_Check(w)) {
        if (PyErr_WarnEx(PyExc_DeprecationWarning, "catching of string exceptions is deprecated",
                         1) < 0)
            return NULL;
    } else if (Py_Py3kWarningFlag && !PyTuple_Check(w) && !PyExceptionClass_Check(w) &&
               PyErr_WarnEx(PyExc_DeprecationWarning, py3k, 1) < 0)
        return NULL;
    int r = PyErr_GivenExceptionMatches(v, w);
    return r < 0 ? NULL : r ? Py_True : Py_False;
}

/* ---- import ---- */

PyObject *_PyEval_ImportFrom(PyObject *v, PyObject *name)
{
    PyObject *x = PyObject_GetAttr(v, name);
    if (x == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        PyErr_Format(PyExc_ImportError, "cannot import name %.230s", PyString_AsString(name));
    }
    return x;
}

int _PyEval_ImportStar(PyFrameObject *f, PyObject *v)
{
    PyObject *all, *dict, *locals;
    int skip = 0, err = 0;
    PyFrame_FastToLocals(f);
    locals = f->f_locals;
    if (locals == NULL) {
        PyErr_SetString(PyExc_SystemError, "no locals found during 'import *'");
        return -1;
    }
    all = PyObject_GetAttrString(v, "__all__");
    if (all == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return -1;
        PyErr_Clear();
        dict = PyObject_GetAttrString(v, "__dict__");
        if (dict == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return -1;
            PyErr_SetString(PyExc_ImportError,
                            "from-import-* object has no __dict__ and no __all__");
            return -1;
        }
        all = PyMapping_Keys(dict);
        Py_DECREF(dict);
        if (all == NULL)
            return -1;
        skip = 1;
    }
    for (Py_ssize_t pos = 0;; pos++) {
        PyObject *name = PySequence_GetItem(all, pos);
        if (name == NULL) {
            if (PyErr_ExceptionMatches(PyExc_IndexError))
                PyErr_Clear();
            else
                err = -1;
            break;
        }
        if (skip && PyString_Check(name) && PyString_AS_STRING(name)[0] == '_') {
            Py_DECREF(name);
            continue;
        }
        PyObject *value = PyObject_GetAttr(v, name);
        if (value == NULL)
            err = -1;
        else if (PyDict_CheckExact(locals))
            err = PyDict_SetItem(locals, name, value);
        else
            err = PyObject_SetItem(locals, name, value);
        Py_DECREF(name);
        Py_XDECREF(value);
        if (err != 0)
            break;
    }
    Py_DECREF(all);
    PyFrame_LocalsToFast(f, 0);
    return err;
}

/* ---- class ---- */

/* A type error in calling the metaclass is likely a bad base: say so. */
static PyObject *class_built(PyCont *c, PyObject *value)
{
    if (value == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyObject *ptype, *pvalue, *ptb;
        PyErr_Fetch(&ptype, &pvalue, &ptb);
        if (pvalue != NULL && PyString_Check(pvalue)) {
            PyObject *text = PyString_FromFormat("Error when calling the metaclass bases\n    %s",
                                                 PyString_AS_STRING(pvalue));
            if (text != NULL)
                Py_SETREF(pvalue, text);
        }
        PyErr_Restore(ptype, pvalue, ptb);
    }
    PyEval_ReleaseCont(c);
    return value;
}

PyObject *_PyEval_BuildClass(PyObject *methods, PyObject *bases, PyObject *name)
{
    PyObject *meta = NULL, *result;
    if (PyDict_Check(methods))
        meta = PyDict_GetItemString(methods, "__metaclass__");
    if (meta != NULL)
        Py_INCREF(meta);
    else if (PyTuple_Check(bases) && PyTuple_GET_SIZE(bases) > 0) {
        PyObject *base = PyTuple_GET_ITEM(bases, 0);
        meta = PyObject_GetAttrString(base, "__class__");
        if (meta == NULL) {
            PyErr_Clear();
            meta = (PyObject *)Py_TYPE(base);
            Py_INCREF(meta);
        }
    } else {
        PyObject *g = PyEval_GetGlobals();
        if (g != NULL && PyDict_Check(g))
            meta = PyDict_GetItemString(g, "__metaclass__");
        if (meta == NULL)
            meta = (PyObject *)&PyClass_Type;
        Py_INCREF(meta);
    }
    PyObject *args = PyTuple_Pack(3, name, bases, methods);
    if (args == NULL) {
        Py_DECREF(meta);
        return NULL;
    }
    result = NULL;
    if (PyEval_PushCont(class_built) != NULL)
        result = PyEval_CallThen(meta, args, NULL);
    Py_DECREF(args);
    Py_DECREF(meta);
    return result;
}

/* ---- exec ---- */

/* After exec in the frame's own locals (c->a: the frame, c->n: copy back). */
static PyObject *exec_done(PyCont *c, PyObject *value)
{
    if (c->n)
        PyFrame_LocalsToFast((PyFrameObject *)c->a, 0);
    PyEval_ReleaseCont(c);
    if (value == NULL)
        return NULL;
    Py_DECREF(value);
    Py_RETURN_NONE;
}

static int is_file(PyObject *o)
{
    return _PyHooks.file_type != NULL && PyObject_TypeCheck(o, _PyHooks.file_type);
}

PyObject *_PyEval_Exec(PyFrameObject *f, PyObject *prog, PyObject *globals, PyObject *locals)
{
    int plain = 0;
    Py_ssize_t n;
    PyObject *code = NULL, *result = NULL;
    if (PyTuple_Check(prog) && globals == Py_None && locals == Py_None &&
        ((n = PyTuple_GET_SIZE(prog)) == 2 || n == 3)) {
        globals = PyTuple_GET_ITEM(prog, 1);
        if (n == 3)
            locals = PyTuple_GET_ITEM(prog, 2);
        prog = PyTuple_GET_ITEM(prog, 0);
    }
    if (globals == Py_None) {
        globals = PyEval_GetGlobals();
        if (locals == Py_None) {
            locals = PyEval_GetLocals();
            plain = 1;
        }
        if (globals == NULL || locals == NULL) {
            PyErr_SetString(PyExc_SystemError, "globals and locals cannot be NULL");
            return NULL;
        }
    } else if (locals == Py_None)
        locals = globals;
    if (!PyString_Check(prog) && !PyUnicode_Check(prog) && !PyCode_Check(prog) && !is_file(prog)) {
        PyErr_SetString(PyExc_TypeError, "exec: arg 1 must be a string, file, or code object");
        return NULL;
    }
    if (!PyDict_Check(globals)) {
        PyErr_SetString(PyExc_TypeError, "exec: arg 2 must be a dictionary or None");
        return NULL;
    }
    if (!PyMapping_Check(locals)) {
        PyErr_SetString(PyExc_TypeError, "exec: arg 3 must be a mapping or None");
        return NULL;
    }
    if (PyDict_GetItemString(globals, "__builtins__") == NULL &&
        PyDict_SetItemString(globals, "__builtins__", f->f_builtins) < 0)
        return NULL;
    if (PyCode_Check(prog)) {
        if (PyCode_GetNumFree((PyCodeObject *)prog) > 0) {
            PyErr_SetString(PyExc_TypeError,
                            "code object passed to exec may not contain free variables");
            return NULL;
        }
        code = prog;
        Py_INCREF(code);
    } else {
        PyCompilerFlags cf = {0};
        PyEval_MergeCompilerFlags(&cf);
        if (is_file(prog)) {
            PyObject *name = PyObject_GetAttrString(prog, "name");
            if (name == NULL)
                return NULL;
            code = _PyHooks.compile_file(prog,
                                         PyString_Check(name) ? PyString_AS_STRING(name) : "<file>",
                                         Py_file_input, &cf);
            Py_DECREF(name);
        } else {
            PyObject *tmp = NULL;
            char *str;
            if (PyUnicode_Check(prog)) {
                tmp = PyUnicode_AsUTF8String(prog);
                if (tmp == NULL)
                    return NULL;
                prog = tmp;
                cf.cf_flags |= PyCF_SOURCE_IS_UTF8;
            }
            if (PyString_AsStringAndSize(prog, &str, NULL) == 0)
                code = _PyHooks.compile_string(str, "<string>", Py_file_input, &cf);
            Py_XDECREF(tmp);
        }
        if (code == NULL)
            return NULL;
    }
    PyCont *c = PyEval_PushCont(exec_done);
    if (c != NULL) {
        Py_INCREF(f);
        c->a = (PyObject *)f;
        c->n = plain;
        PyEval_Then(PyEval_EvalCodeGoOn((PyCodeObject *)code, globals, locals));
        result = Py_GoOn;
    }
    Py_DECREF(code);
    return result;
}

/* ---- slices ---- */

#define ISINDEX(x) ((x) == NULL || PyInt_Check(x) || PyLong_Check(x) || PyIndex_Check(x))

PyObject *_PyEval_ApplySlice(PyObject *u, PyObject *v, PyObject *w)
{
    PySequenceMethods *sq = Py_TYPE(u)->tp_as_sequence;
    if (sq && sq->sq_slice && ISINDEX(v) && ISINDEX(w)) {
        Py_ssize_t low = 0, high = PY_SSIZE_T_MAX;
        if (!_PyEval_SliceIndex(v, &low) || !_PyEval_SliceIndex(w, &high))
            return NULL;
        return PySequence_GetSlice(u, low, high);
    }
    PyObject *slice = PySlice_New(v, w, NULL), *r = NULL;
    if (slice != NULL) {
        r = PyObject_GetItem(u, slice);
        Py_DECREF(slice);
    }
    return r;
}

int _PyEval_AssignSlice(PyObject *u, PyObject *v, PyObject *w, PyObject *x)
{
    PySequenceMethods *sq = Py_TYPE(u)->tp_as_sequence;
    if (sq && sq->sq_ass_slice && ISINDEX(v) && ISINDEX(w)) {
        Py_ssize_t low = 0, high = PY_SSIZE_T_MAX;
        if (!_PyEval_SliceIndex(v, &low) || !_PyEval_SliceIndex(w, &high))
            return -1;
        return x == NULL ? PySequence_DelSlice(u, low, high) : PySequence_SetSlice(u, low, high, x);
    }
    PyObject *slice = PySlice_New(v, w, NULL);
    if (slice == NULL)
        return -1;
    int r = x == NULL ? PyObject_DelItem(u, slice) : PyObject_SetItem(u, slice, x);
    Py_DECREF(slice);
    return r;
}

/* ---- print ---- */

/* Writes a text and sees to soft space: after text that ends in white space (but not a blank) none.
 */
static int print_text(PyObject *v, PyObject *text, PyObject *stream)
{
    int err = _PyHooks.file_write_object(text, stream, Py_PRINT_RAW);
    if (err == 0) {
        if (PyString_Check(v)) {
            Py_ssize_t len = PyString_GET_SIZE(v);
            unsigned char last = len ? (unsigned char)PyString_AS_STRING(v)[len - 1] : 0;
            if (len == 0 || !Py_ISSPACE(last) || last == ' ')
                _PyHooks.file_soft_space(stream, 1);
        } else if (PyUnicode_Check(v)) {
            Py_ssize_t len = PyUnicode_GET_SIZE(v);
            Py_UNICODE last = len ? PyUnicode_AS_UNICODE(v)[len - 1] : 0;
            if (len == 0 || !Py_UNICODE_ISSPACE(last) || last == ' ')
                _PyHooks.file_soft_space(stream, 1);
        } else
            _PyHooks.file_soft_space(stream, 1);
    }
    return err;
}

static PyObject *print_done(PyCont *c, PyObject *text)
{
    int err = text == NULL ? -1 : print_text(c->a, text, c->b);
    Py_XDECREF(text);
    PyEval_ReleaseCont(c);
    if (err < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *get_stream(PyObject *stream)
{
    if (stream == NULL || stream == Py_None) {
        stream = _PyHooks.sys_get("stdout");
        if (stream == NULL)
            PyErr_SetString(PyExc_RuntimeError, "lost sys.stdout");
    }
    Py_XINCREF(stream);
    return stream;
}

PyObject *_PyEval_Print(PyObject *v, PyObject *stream)
{
    PyObject *r = NULL;
    stream = get_stream(stream);
    if (stream == NULL)
        return NULL;
    if (_PyHooks.file_soft_space(stream, 0) && _PyHooks.file_write_string(" ", stream) < 0) {
        Py_DECREF(stream);
        return NULL;
    }
    /* Only objects whose text is made by Python code go the long way; the file decides about the
     * rest. */
    if (Py_TYPE(v)->tp_str == _PySlot_tp_str) {
        PyCont *c = PyEval_PushCont(print_done);
        if (c != NULL) {
            Py_INCREF(v);
            c->a = v;
            Py_INCREF(stream);
            c->b = stream;
            r = PyEval_Then(PyEval_StrGoOn(v));
        }
    } else if (print_text(v, v, stream) == 0) {
        Py_INCREF(Py_None);
        r = Py_None;
    }
    Py_DECREF(stream);
    return r;
}

PyObject *_PyEval_PrintNewline(PyObject *stream)
{
    stream = get_stream(stream);
    if (stream == NULL)
        return NULL;
    int err = 0;
    err = _PyHooks.file_write_string("\n", stream);
    if (err == 0)
        _PyHooks.file_soft_space(stream, 0);
    Py_DECREF(stream);
    if (err != 0)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *_PyEval_PrintExpr(PyObject *v)
{
    PyObject *hook = _PyHooks.sys_get("displayhook");
    if (hook == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.displayhook");
        return NULL;
    }
    PyObject *args = PyTuple_Pack(1, v);
    if (args == NULL)
        return NULL;
    Py_INCREF(hook);
    PyObject *r = PyEval_CallGoOn(hook, args, NULL);
    Py_DECREF(hook);
    Py_DECREF(args);
    return r;
}

/* ---- the current frame ---- */

PyFrameObject *PyEval_GetFrame(void)
{
    PyThreadState *tstate = PyThreadState_GET();
    return tstate == NULL ? NULL : tstate->frame;
}

PyObject *PyEval_GetBuiltins(void)
{
    PyFrameObject *f = PyEval_GetFrame();
    return f == NULL ? PyThreadState_GET()->interp->builtins : f->f_builtins;
}

PyObject *PyEval_GetGlobals(void)
{
    PyFrameObject *f = PyEval_GetFrame();
    return f == NULL ? NULL : f->f_globals;
}

PyObject *PyEval_GetLocals(void)
{
    PyFrameObject *f = PyEval_GetFrame();
    if (f == NULL)
        return NULL;
    PyFrame_FastToLocals(f);
    return f->f_locals;
}

int PyEval_GetRestricted(void)
{
    PyFrameObject *f = PyEval_GetFrame();
    return f == NULL ? 0 : f->f_builtins != PyThreadState_GET()->interp->builtins;
}

int PyEval_MergeCompilerFlags(PyCompilerFlags *cf)
{
    PyFrameObject *f = PyEval_GetFrame();
    if (f != NULL)
        cf->cf_flags |= f->f_code->co_flags & PyCF_MASK;
    return cf->cf_flags != 0;
}

/* Ends a frame that holds arguments for its caller: they go after it, the last first. */
void _PyEval_LeaveKeeping(PyFrameObject *f)
{
    const PyExec *ex = (const PyExec *)f->f_code->co_exec;
    PyObject *kept[MOST_KEPT];
    int32_t n = ex->nkept;

    for (int32_t i = 0; i < n; i++) {
        kept[i] = _PyFrame_Kept(f, ex)[i];
        _PyFrame_Kept(f, ex)[i] = NULL;
    }
    Py_DECREF(f);
    while (n > 0)
        Py_XDECREF(kept[--n]);
}

/* COMPARE_OP but for what the loop does itself: new reference, NULL, or Py_GoOn. */
PyObject *_PyEval_Compare(PyObject *v, PyObject *w, int op)
{
    PyObject *r;
    switch (op) {
    case PyCmp_IS:
        r = v == w ? Py_True : Py_False;
        break;
    case PyCmp_IS_NOT:
        r = v != w ? Py_True : Py_False;
        break;
    case PyCmp_IN:
    case PyCmp_NOT_IN:
        return _PyEval_ContainsGoOn(w, v);
    case PyCmp_EXC_MATCH:
        r = _PyEval_ExcMatch(v, w);
        Py_XINCREF(r);
        return r;
    default:
        return PyEval_CompareGoOn(v, w, op);
    }
    Py_INCREF(r);
    return r;
}

/* IMPORT_NAME: calls __import__ of the builtins. Three-way. */
PyObject *_PyEval_ImportName(PyFrameObject *f, PyObject *name, PyObject *fromlist, PyObject *level)
{
    PyObject *import = PyDict_GetItemString(f->f_builtins, "__import__"), *args;
    if (import == NULL) {
        PyErr_SetString(PyExc_ImportError, "__import__ not found");
        return NULL;
    }
    PyObject *locals = f->f_locals == NULL ? Py_None : f->f_locals;
    if (PyInt_AsLong(level) != -1 || PyErr_Occurred()) {
        if (PyErr_Occurred())
            PyErr_Clear();
        args = PyTuple_Pack(5, name, f->f_globals, locals, fromlist, level);
    } else
        args = PyTuple_Pack(4, name, f->f_globals, locals, fromlist);
    if (args == NULL)
        return NULL;
    Py_INCREF(import);
    PyObject *r = PyEval_CallGoOn(import, args, NULL);
    Py_DECREF(import);
    Py_DECREF(args);
    return r;
}

PyObject *_PyEval_Special(PyObject *o, const char *text, PyObject **name)
{
    PyObject *r;
    if (Py_TYPE(o) == &PyInstance_Type)
        return PyObject_GetAttrString(o, text);
    r = _PyObject_LookupSpecial(o, text, name);
    if (r == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_AttributeError, text);
    return r;
}

/* MAKE_FUNCTION and MAKE_CLOSURE over the stack below sp; pops what it uses. New reference or NULL.
 */
PyObject *_PyEval_MakeFunction(PyFrameObject *f, PyObject ***psp, int ndefaults, int closure)
{
    PyObject **sp = *psp, *code = *--sp, *func = NULL, *cells = NULL;
    if (closure)
        cells = *--sp;
    PyObject *defaults = NULL;
    if (ndefaults > 0) {
        defaults = PyTuple_New(ndefaults);
        for (int i = ndefaults; i-- > 0;) {
            PyObject *d = *--sp;
            if (defaults != NULL)
                PyTuple_SET_ITEM(defaults, i, d);
            else
                Py_DECREF(d);
        }
        if (defaults == NULL)
            goto done;
    }
    if (!PyCode_Check(code)) {
        PyErr_SetString(PyExc_SystemError, "MAKE_FUNCTION without a code object");
        goto done;
    }
    Py_ssize_t nfree = PyCode_GetNumFree((PyCodeObject *)code);
    if (closure || nfree > 0) {
        int ok = cells != NULL && PyTuple_Check(cells) && PyTuple_GET_SIZE(cells) == nfree;
        for (Py_ssize_t i = 0; ok && i < nfree; i++)
            ok = PyCell_Check(PyTuple_GET_ITEM(cells, i));
        if (!ok) {
            PyErr_SetString(PyExc_SystemError, "closure does not fit the code's free variables");
            goto done;
        }
    }
    func = PyFunction_New(code, f->f_globals);
    if (func != NULL) {
        ((PyFunctionObject *)func)->func_closure = cells;
        ((PyFunctionObject *)func)->func_defaults = defaults;
        cells = defaults = NULL;
    }
done:
    Py_DECREF(code);
    Py_XDECREF(cells);
    Py_XDECREF(defaults);
    *psp = sp;
    return func;
}

PyObject *_PyEval_BuildSet(PyObject **items, int n)
{
    PyObject *set = PySet_New(NULL);
    for (int i = 0; i < n; i++) {
        if (set != NULL && PySet_Add(set, items[i]) < 0)
            Py_CLEAR(set);
        Py_DECREF(items[i]);
    }
    return set;
}

/* The slow half of UNPACK_SEQUENCE: items pushed in reverse above sp. */
int _PyEval_Unpack(PyObject *v, int n, PyObject **sp)
{
    PyObject *t = _PyEval_UnpackGoOn(v, n);
    if (t == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError) && Py_TYPE(v)->tp_iter == NULL &&
            !PySequence_Check(v)) {
            PyErr_Clear();
            PyErr_Format(PyExc_TypeError, "'%.200s' object is not iterable", Py_TYPE(v)->tp_name);
        }
        return -1;
    }
    for (int i = 0; i < n; i++) {
        PyObject *o = PyTuple_GET_ITEM(t, n - 1 - i);
        Py_INCREF(o);
        sp[i] = o;
    }
    Py_DECREF(t);
    return 0;
}

/* v + w for exact strs; takes v's reference. A v that nobody else has grows in place. */
PyObject *_PyEval_ConcatStrings(PyObject *v, PyObject *w)
{
    Py_ssize_t nv = PyString_GET_SIZE(v), nw = PyString_GET_SIZE(w);
    if (Py_REFCNT(v) != 1 || PyString_CHECK_INTERNED(v) || nv == 0 || nw > PY_SSIZE_T_MAX - nv) {
        PyString_Concat(&v, w);
        return v;
    }
    if (_PyString_Resize(&v, nv + nw) < 0)
        return NULL;
    memcpy(PyString_AS_STRING(v) + nv, PyString_AS_STRING(w), (size_t)nw);
    ((PyStringObject *)v)->ob_shash = -1;
    return v;
}
