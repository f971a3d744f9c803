/* SPDX-License-Identifier: MIT */
/* Built-in functions and methods. A method flagged METH_RESUMABLE may answer Py_GoOn (see ceval.h).
 */
#ifndef METHODOBJECT_H
#define METHODOBJECT_H
typedef PyObject *(*PyCFunction)(PyObject *self, PyObject *args);
typedef PyObject *(*PyCFunctionWithKeywords)(PyObject *self, PyObject *args, PyObject *kwds);
typedef PyObject *(*PyNoArgsFunction)(PyObject *);
/* For tables only: stores a METH_KEYWORDS function; the caller casts back to its true type by
 * ml_flags. */
#define PyCFunction_CAST(f) ((PyCFunction)(void (*)(void))(f))
typedef struct PyMethodDef {
    const char *ml_name;
    PyCFunction ml_meth;
    int ml_flags;
    const char *ml_doc;
} PyMethodDef;
#define METH_OLDARGS 0x0000
#define METH_VARARGS 0x0001
#define METH_KEYWORDS 0x0002
#define METH_NOARGS 0x0004 /* called with args NULL; the C type is still PyCFunction */
#define METH_O 0x0008
#define METH_CLASS 0x0010
#define METH_STATIC 0x0020
#define METH_COEXIST 0x0040
#define METH_RESUMABLE 0x1000
#define METH_AGAIN 0x2000 /* can be started again (goon.h) */
typedef struct {
    PyObject_HEAD PyMethodDef *m_ml;
    PyObject *m_self, *m_module;
} PyCFunctionObject;
extern PyTypeObject PyCFunction_Type;
#define PyCFunction_Check(op) (Py_TYPE(op) == &PyCFunction_Type)
#define PyCFunction_GET_FUNCTION(f) (((PyCFunctionObject *)(f))->m_ml->ml_meth)
#define PyCFunction_GET_SELF(f) (((PyCFunctionObject *)(f))->m_self)
#define PyCFunction_GET_FLAGS(f) (((PyCFunctionObject *)(f))->m_ml->ml_flags)
PyCFunction PyCFunction_GetFunction(PyObject *);
PyObject *PyCFunction_GetSelf(PyObject *);
int PyCFunction_GetFlags(PyObject *);
/* Calls and, where the function answered Py_GoOn, runs on until there is a value. Never returns
 * Py_GoOn. */
PyObject *PyCFunction_Call(PyObject *func, PyObject *args, PyObject *kw);
/* The same without the running on: may return Py_GoOn when m_ml is METH_RESUMABLE. For eval only.
 */
PyObject *_PyMethodDef_CallGoOn(PyMethodDef *ml, PyObject *self, PyObject *args, PyObject *kw);
/* The nested variant over a bare method table entry. */
PyObject *_PyMethodDef_Call(PyMethodDef *ml, PyObject *self, PyObject *args, PyObject *kw);
PyObject *PyCFunction_NewEx(PyMethodDef *, PyObject *self, PyObject *module);
#define PyCFunction_New(ml, self) PyCFunction_NewEx((ml), (self), NULL)
typedef struct PyMethodChain {
    PyMethodDef *methods;
    struct PyMethodChain *link;
} PyMethodChain;
PyObject *Py_FindMethod(PyMethodDef[], PyObject *, const char *);
int PyCFunction_ClearFreeList(void);
#endif
