/* SPDX-License-Identifier: MIT */
/* Threads and waiting (eval/threads.c). The VM switches the threads of a process itself, at ticks
 * of the eval loop and wherever one waits: a thread is a thread state with its frames and
 * continuations, so it runs alike where memory can be shared and where it cannot.
 *
 * How a resumable function waits. It tries its host call; on HOST_PENDING it pushes a continuation
 * that will try again and returns PyEval_WaitGoOn() (or one of the variants). The continuation is
 * called with None when it is worth trying again, or NULL with an error from a signal handler.
 * Nested on the C stack that works as well: the thread waits there, and others run on top of it.
 * A function that is not resumable loops over PyEval_Block(). */
#ifndef PYTHREAD_H
#define PYTHREAD_H
#include <stdint.h>

/* "No deadline". Deadlines are nanoseconds of host_clock_ns(HOST_CLOCK_MONOTONIC). */
#define PyThread_FOREVER INT64_MAX
/* The moment that is `seconds` from now; PyThread_FOREVER when that is too far away. */
int64_t PyThread_Deadline(double seconds);
int PyThread_DeadlinePassed(int64_t deadline);

/* All return Py_GoOn; the continuation pushed before goes on. */
PyObject *PyEval_WaitGoOn(void);                   /* for a host call to become possible */
PyObject *PyEval_WaitUntilGoOn(int64_t deadline);  /* the same, or until then */
PyObject *PyEval_SleepUntilGoOn(int64_t deadline); /* for the time alone */
/* Leaves to the host as it is before a fork; then the continuation goes on, in every copy. */
PyObject *PyEval_LeaveToForkGoOn(void);
int PyThread_CanLeave(void); /* nothing of the program is on the host's stack */
/* Whether a signal handler has run during the wait that just ended; asking clears it. */
int PyEval_WasInterrupted(void);
/* The same waits for who cannot go on later. 0: try again; 1: a signal handler has run; -1: it
 * raised, or this host cannot wait here (IOError). */
int PyEval_Block(int64_t deadline);
/* Is a host's negative answer "not yet"? HOST_PENDING is, and EINTR for a thread that signals do
 * not concern. */
int PyEval_IsPending(int64_t answer);

/* A queue of threads that wait for one thing inside the VM, such as a lock. Starts as {NULL, NULL}.
 */
typedef struct PyThread_Queue {
    struct _ts *first, *last;
} PyThread_Queue;
PyObject *PyEval_WaitInQueueGoOn(PyThread_Queue *);
/* Makes the first thread of the queue ready; it is borrowed, NULL when nobody waits. */
struct _ts *PyThread_WakeFirst(PyThread_Queue *);

/* Starts a thread that calls func(*args, **kw); its id, or -1 with an error. failed(func) tells of
 * an exception that ends it, and clears that; it is the same function at every call. */
int64_t PyThread_Start(PyObject *func, PyObject *args, PyObject *kw, void (*failed)(PyObject *));
/* The same for C: the thread's first frame is func(arg), on the host's stack; Python code runs
 * nested in it, after a PyGILState_Ensure. What `func` leaves in the error indicator is dropped. */
int64_t PyThread_start_new_thread(void (*func)(void *), void *arg);
int64_t PyThread_get_thread_ident(void);
/* Raises an exception in a thread at its next tick (exc NULL: takes such back): how many threads
 * have that id. PyThreadState_SetAsyncExc of the C API. */
int PyThreadState_SetAsyncExc(int64_t id, PyObject *exc);
int PyThread_Count(void);  /* live threads, the main one included */
int PyThread_IsMain(void); /* whether the current one is the main thread */
/* No other thread runs any more: the program is ending. */
void PyThread_StopOthers(void);
/* Tells a host that does not know whether calls may block. */
void PyThread_TellHost(void);
/* In the child of a fork: the current thread is the only and the main one. */
void PyThread_AfterFork(void);

/* A lock that its thread may take again, held while modules are imported. */
typedef struct {
    int64_t owner; /* thread id; 0: free */
    int depth;
    PyThread_Queue queue;
} PyThread_OwnedLock;
/* 1: taken. 0: another thread has it, wait in its queue and ask again. */
int PyThread_TryOwnedLock(PyThread_OwnedLock *);
int PyThread_ReleaseOwnedLock(PyThread_OwnedLock *); /* -1: not the owner */

/* Private to eval/. */
extern int _PyThread_Several; /* more than one thread is alive */
int _PyThread_BlockNested(struct _ts *);
void _PyThread_YieldNested(struct _ts *);
struct _ts *_PyThread_SwitchFrom(struct _ts *, int how); /* how: RUN_*; NULL: leave to the host */
struct _ts *_PyThread_Resume(void);
void _PyThread_SetMain(struct _ts *);
int _PyThread_LeavesToFork(struct _ts *);
int _PyThread_AtTick(struct _ts *); /* 1: this thread runs signal handlers itself */
int32_t _PyThread_TurnTicks(void);  /* how many ticks a thread's turn has */
#endif
