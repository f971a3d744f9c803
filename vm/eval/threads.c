/* SPDX-License-Identifier: MIT */
/* Who runs and who waits: the threads of a process, switched by the VM itself.
 *
 * A thread is a thread state. Ready ones stand in one queue and run in turn, a tick's worth of
 * instructions each; the others wait for a host call to become possible, for a moment, or in a
 * queue such as a lock's. Leaving a thread is leaving the eval loop, so switching costs no host
 * stack. A thread that waits inside nested C (a sort's key function that takes a lock) cannot leave
 * the host's stack: it is buried, and the others run on top of it until it may go on.
 *
 * Invariants: exactly one thread state is current; a thread stands in at most one queue; every
 * thread that is neither current nor buried has all its state on the heap. While more than one
 * thread lives, the host answers HOST_PENDING instead of blocking, and host_wait is the one place
 * where the process sleeps. */
#include "eval.h"
#include "host/host.h"

enum { THREAD_READY = 0, THREAD_WAITS, THREAD_ENDED };
enum { WAIT_HOST = 0, WAIT_TIME, WAIT_QUEUE, WAIT_FORK };
enum { E_INTR = -4 };

int _PyThread_Several;

static PyThreadState *main_thread;
static PyThread_Queue ready;
static int alive = 1;
static int host_waiters, sleepers; /* how many wait by kind; only those look() must visit */
static int64_t nearest = PyThread_FOREVER;
static int seen_events;
static int buried;       /* how many threads are */
static int left_waiting; /* PyEval_Run has left to the host because nobody is ready */

/* ---- Time ---- */

static int64_t now(void)
{
    return host_clock_ns(HOST_CLOCK_MONOTONIC);
}

int64_t PyThread_Deadline(double seconds)
{
    if (!(seconds > 0))
        seconds = 0;
    return seconds > 4e9 ? PyThread_FOREVER : now() + (int64_t)(seconds * 1e9);
}

int PyThread_DeadlinePassed(int64_t deadline)
{
    return deadline != PyThread_FOREVER && now() >= deadline;
}

/* ---- Queues ---- */

static void append(PyThread_Queue *queue, PyThreadState *t)
{
    t->queue_next = NULL;
    t->queue = queue;
    if (queue->last != NULL)
        queue->last->queue_next = t;
    else
        queue->first = t;
    queue->last = t;
}

static PyThreadState *take_first(PyThread_Queue *queue)
{
    PyThreadState *t = queue->first;

    if (t != NULL) {
        queue->first = t->queue_next;
        if (queue->first == NULL)
            queue->last = NULL;
        t->queue_next = NULL;
        t->queue = NULL;
    }
    return t;
}

static void take_out(PyThreadState *t)
{
    PyThread_Queue *queue = t->queue;
    PyThreadState *before = NULL;

    if (queue == NULL)
        return;
    for (PyThreadState **p = &queue->first; *p != NULL; before = *p, p = &(*p)->queue_next) {
        if (*p == t) {
            *p = t->queue_next;
            if (queue->last == t)
                queue->last = before;
            break;
        }
    }
    t->queue_next = NULL;
    t->queue = NULL;
}

/* ---- Waiting and becoming ready ---- */

/* Its continuation gets `goon`'s answer; None unless something else was arranged. */
static void deliver_none(PyThreadState *t)
{
    if (t->goon != PyGoOn_WAIT)
        return;
    Py_INCREF(Py_None);
    t->goon = PyGoOn_VALUE;
    t->goon_value = Py_None;
}

static void make_ready(PyThreadState *t)
{
    if (t->run_state != THREAD_WAITS)
        return;
    if (t->wait_kind == WAIT_HOST)
        host_waiters--;
    else if (t->wait_kind == WAIT_TIME)
        sleepers--;
    take_out(t);
    t->run_state = THREAD_READY;
    deliver_none(t);
    if (!t->buried)
        append(&ready, t);
}

/* The thread has answered PyGoOn_WAIT. */
static void park(PyThreadState *t)
{
    t->run_state = THREAD_WAITS;
    if (t->wait_kind == WAIT_QUEUE)
        return;
    if (t->wait_kind == WAIT_HOST)
        host_waiters++;
    else
        sleepers++;
    if (t->wake_at < nearest)
        nearest = t->wake_at;
}

static PyObject *wait_go_on(int kind, int64_t deadline)
{
    PyThreadState *t = PyThreadState_GET();

    t->wait_kind = (int8_t)kind;
    t->wake_at = deadline;
    t->interrupted = 0;
    t->goon = PyGoOn_WAIT;
    return Py_GoOn;
}

PyObject *PyEval_WaitGoOn(void)
{
    return wait_go_on(WAIT_HOST, PyThread_FOREVER);
}

PyObject *PyEval_WaitUntilGoOn(int64_t deadline)
{
    return wait_go_on(WAIT_HOST, deadline);
}

PyObject *PyEval_SleepUntilGoOn(int64_t deadline)
{
    return wait_go_on(WAIT_TIME, deadline);
}

PyObject *PyEval_WaitInQueueGoOn(PyThread_Queue *queue)
{
    PyThreadState *t = PyThreadState_GET();

    append(queue, t);
    return wait_go_on(WAIT_QUEUE, PyThread_FOREVER);
}

PyObject *PyEval_LeaveToForkGoOn(void)
{
    return wait_go_on(WAIT_FORK, 0);
}

int PyThread_CanLeave(void)
{
    return PyThreadState_GET()->nested == 0 && buried == 0;
}

int _PyThread_LeavesToFork(PyThreadState *t)
{
    if (t->wait_kind != WAIT_FORK || t->goon != PyGoOn_WAIT)
        return 0;
    deliver_none(t);
    return 1;
}

PyThreadState *PyThread_WakeFirst(PyThread_Queue *queue)
{
    PyThreadState *t = queue->first;

    if (t == NULL)
        return NULL;
    if (t->run_state == THREAD_WAITS)
        make_ready(t);
    else
        take_out(t); /* it is on its way into the wait: make it come back at once */
    return t;
}

int PyEval_WasInterrupted(void)
{
    PyThreadState *t = PyThreadState_GET();
    int was = t->interrupted;

    t->interrupted = 0;
    return was;
}

int PyEval_IsPending(int64_t answer)
{
    return answer == HOST_PENDING || (answer == E_INTR && !PyThread_IsMain());
}

/* Makes ready whoever's moment has come and, after an event, all who wait for the host. */
static void look(int all)
{
    int64_t moment;
    int events;

    if (host_waiters + sleepers == 0)
        return;
    events = host_events();
    all |= events != seen_events;
    seen_events = events;
    moment = nearest == PyThread_FOREVER ? 0 : now();
    if (!all && moment < nearest)
        return;
    nearest = PyThread_FOREVER;
    for (PyThreadState *t = main_thread->interp->tstate_head; t != NULL; t = t->next) {
        if (t->run_state != THREAD_WAITS || t->wait_kind == WAIT_QUEUE)
            continue;
        if (moment >= t->wake_at || (all && t->wait_kind == WAIT_HOST))
            make_ready(t);
        else if (t->wake_at < nearest)
            nearest = t->wake_at;
    }
}

/* A signal has come while the main thread waits: its handlers run there, and then the wait ends. A
 * wait for a lock goes on: its handlers run when the lock is there. */
static void interrupt_main(void)
{
    PyThreadState *t = main_thread, *old;
    PyObject *answer;

    if (t->run_state != THREAD_WAITS || _PyHooks.signal_handlers == NULL)
        return;
    if (t->wait_kind == WAIT_QUEUE)
        _PyHooks.fetch_signals();
    if (t->buried || t->wait_kind == WAIT_QUEUE)
        return;
    old = PyThreadState_Swap(t);
    answer = _PyHooks.signal_handlers();
    if (answer != Py_None) {
        t->interrupted = 1;
        PyEval_Then(answer);
        make_ready(t);
    } else
        Py_DECREF(answer);
    PyThreadState_Swap(old);
}

/* Sleeps until something may have changed. 0, -EINTR, or HOST_PENDING where the host may not block.
 */
static int sleep_for_anyone(int here)
{
    double seconds = -1;
    int status;

    if (nearest != PyThread_FOREVER) {
        seconds = (double)(nearest - now()) / 1e9;
        if (seconds < 0)
            seconds = 0;
    }
    status = host_wait(seen_events, seconds, host_waiters > 0, here);
    if (status == E_INTR)
        interrupt_main();
    return status;
}

/* ---- Switching, outermost ---- */

static void thread_over(PyThreadState *t)
{
    PyObject *value = _PyEval_ExitValue;

    _PyEval_ExitValue = NULL;
    Py_XDECREF(value);
    PyErr_Clear();
    PyThreadState_Clear(t);
    t->run_state = THREAD_ENDED;
    PyThreadState_Swap(main_thread);
    PyThreadState_Delete(t);
    if (--alive == 1) {
        _PyThread_Several = 0;
        host_blocking(1);
    }
}

/* The next thread, made current; NULL when nobody is ready and the host may not block. */
static PyThreadState *choose(void)
{
    PyThreadState *t;

    for (;;) {
        look(0);
        t = take_first(&ready);
        if (t != NULL) {
            PyThreadState_Swap(t);
            if (t == main_thread && _Py_PendingSignals)
                _Py_Ticker = 0; /* noticed in another thread's turn */
            return t;
        }
        if (sleep_for_anyone(0) == HOST_PENDING) {
            left_waiting = 1;
            return NULL;
        }
    }
}

PyThreadState *_PyThread_SwitchFrom(PyThreadState *t, int how)
{
    switch (how) {
    case RUN_EXIT:
        thread_over(t);
        break;
    case RUN_WAITING:
        park(t);
        break;
    default:
        if (ready.first == NULL && host_waiters + sleepers == 0)
            return t;
        append(&ready, t);
    }
    return choose();
}

PyThreadState *_PyThread_Resume(void)
{
    if (!left_waiting)
        return PyThreadState_GET();
    left_waiting = 0;
    /* The host comes back when something happened: a signal, or what somebody waits for. */
    if (main_thread->run_state == THREAD_WAITS)
        interrupt_main();
    look(1);
    return choose();
}

/* At a tick of a thread that signals do not concern, the main thread is told. */
int _PyThread_AtTick(PyThreadState *t)
{
    if (t == main_thread)
        return 1;
    if (main_thread->run_state == THREAD_WAITS)
        interrupt_main();
    return 0;
}

int32_t _PyThread_TurnTicks(void)
{
    return _Py_CheckInterval < 1 ? 1 : _Py_CheckInterval > 10000 ? 10000 : _Py_CheckInterval;
}

/* ---- Nested waits ----
 *
 * A buried thread that becomes ready must wait for those on top of it. When they wait for it in
 * turn (for a lock it holds), nobody can go on. So others run on top only when they have to: at
 * once when the buried thread may wait for one of them, after PATIENCE when it sleeps or works. */

#define PATIENCE_NS INT64_C(20000000)

/* One turn of another thread above the current one's part of the host's stack. */
static void run_on_top(PyThreadState *below, PyThreadState *t)
{
    int how;

    PyThreadState_Swap(t);
    t->c_depth = below->c_depth + 1;
    how = _PyEval_Loop(t);
    t->c_depth = 0;
    switch (how) {
    case RUN_EXIT:
        if (t ==
            main_thread) /* the program is over while this thread is in the middle of a C call */
            _PyHooks.end_program();
        thread_over(t);
        break;
    case RUN_WAITING:
        park(t);
        break;
    default:
        append(&ready, t);
    }
    PyThreadState_Swap(below);
}

static void bury(PyThreadState *t)
{
    t->buried++;
    buried++;
}

static void unbury(PyThreadState *t)
{
    t->buried--;
    buried--;
}

static PyThreadState *take_to_run_on_top(PyThreadState *t)
{
    return t->c_depth < _Py_CDepthLimit ? take_first(&ready) : NULL;
}

void _PyThread_YieldNested(PyThreadState *t)
{
    PyThreadState *other;
    int64_t moment = now();

    if (t->nested_since == 0)
        t->nested_since = moment;
    if (moment - t->nested_since < PATIENCE_NS)
        return;
    look(0);
    other = take_to_run_on_top(t);
    if (other != NULL) {
        bury(t);
        run_on_top(t, other);
        unbury(t);
    }
}

/* Nobody can ever go on: every thread waits in a queue or is ready below this one. */
static int is_deadlock(PyThreadState *self)
{
    int ready_below = 0;

    for (PyThreadState *t = main_thread->interp->tstate_head; t != NULL; t = t->next) {
        if (t->buried && t != self)
            ready_below |= t->run_state == THREAD_READY;
        else if (t->run_state == THREAD_READY || t->wait_kind != WAIT_QUEUE)
            return 0;
    }
    return ready_below;
}

static int fail_wait(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return -1;
}

/* The current thread waits where it is. 0: what it waited for may be there; -1 with an error. */
int _PyThread_BlockNested(PyThreadState *t)
{
    int64_t patience = t->wait_kind == WAIT_TIME ? now() + PATIENCE_NS : 0;
    PyThreadState *other;
    int status = 0;

    bury(t);
    park(t);
    while (t->run_state == THREAD_WAITS && status == 0) {
        look(0);
        if (t->run_state != THREAD_WAITS)
            break;
        if (t == main_thread && t->wait_kind != WAIT_QUEUE) {
            int ran = _PyHooks.check_signals();
            if (ran < 0)
                status = -1;
            else if (ran > 0)
                t->interrupted = 1;
            if (ran != 0)
                break;
        }
        if (patience == 0 || now() >= patience) {
            other = take_to_run_on_top(t);
            if (other != NULL) {
                run_on_top(t, other);
                continue;
            }
            if (is_deadlock(t)) {
                status = fail_wait(PyExc_RuntimeError,
                                   "deadlock: a thread waits inside a C call for a thread that "
                                   "cannot go on before it");
                break;
            }
        } else if (ready.first != NULL && patience < nearest)
            nearest = patience;
        switch (sleep_for_anyone(1)) {
        case HOST_PENDING:
            status = fail_wait(PyExc_IOError, "cannot wait here: the call is nested in a C "
                                              "function, and this page does not let it block");
            break;
        case E_INTR:
            if (t == main_thread && t->wait_kind != WAIT_QUEUE) {
                status = _PyHooks.check_signals() < 0 ? -1 : 0;
                t->interrupted = 1;
                make_ready(t);
            }
        }
    }
    make_ready(t);
    unbury(t);
    return status;
}

int PyEval_Block(int64_t deadline)
{
    PyThreadState *t = PyThreadState_GET();
    int goon = t->goon, status;
    PyObject *value = t->goon_value;

    wait_go_on(WAIT_HOST, deadline);
    status = _PyThread_BlockNested(t);
    if (t->goon == PyGoOn_VALUE)
        Py_XDECREF(t->goon_value);
    t->goon = goon;
    t->goon_value = value;
    return status < 0 ? -1 : PyEval_WasInterrupted();
}

/* ---- Starting and ending ---- */

static void (*report_failure)(PyObject *func);

/* The thread's function has returned. a: the function. */
static PyObject *function_over(PyCont *c, PyObject *value)
{
    if (value == NULL) {
        if (PyErr_ExceptionMatches(PyExc_SystemExit))
            PyErr_Clear();
        else
            report_failure(c->a);
    }
    Py_XDECREF(value);
    PyEval_ReleaseCont(c);
    Py_RETURN_NONE;
}

/* a, b, c: the function, its arguments and keywords. */
static PyObject *begin(PyCont *c, PyObject *value)
{
    PyObject *answer = NULL;
    PyCont *next;

    Py_XDECREF(value);
    next = PyEval_PushCont(function_over);
    if (next != NULL) {
        next->a = c->a;
        Py_INCREF(c->a);
        answer = PyEval_CallThen(c->a, c->b, c->c);
    }
    PyEval_ReleaseCont(c);
    return answer;
}

/* A thread that begins with the continuation; NULL with the error set. It is not ready yet. */
static PyThreadState *new_thread(PyContFunc start, PyCont **c)
{
    PyThreadState *t = PyThreadState_New(PyThreadState_GET()->interp), *old;

    if (t == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    old = PyThreadState_Swap(t);
    /* Both fit into a new thread's stack of continuations. */
    PyEval_PushCont(_PyEval_ExitCont);
    *c = PyEval_PushCont(start);
    PyThreadState_Swap(old);
    Py_INCREF(Py_None);
    t->goon = PyGoOn_VALUE;
    t->goon_value = Py_None;
    return t;
}

static int64_t launch(PyThreadState *t)
{
    append(&ready, t);
    if (alive++ == 1) {
        _PyThread_Several = 1;
        seen_events = host_events();
        host_blocking(0);
        _Py_Ticker = 0;
    }
    return t->thread_id;
}

int64_t PyThread_Start(PyObject *func, PyObject *args, PyObject *kw, void (*failed)(PyObject *))
{
    PyCont *c;
    PyThreadState *t = new_thread(begin, &c);

    if (t == NULL)
        return -1;
    c->a = func;
    c->b = args;
    c->c = kw;
    Py_INCREF(func);
    Py_INCREF(args);
    Py_XINCREF(kw);
    report_failure = failed;
    return launch(t);
}

/* ---- Threads of C ---- */

typedef struct {
    void (*func)(void *);
    void *arg;
} CStart;

/* n: a CStart, owned. */
static PyObject *begin_c(PyCont *c, PyObject *value)
{
    CStart start = *(CStart *)(intptr_t)c->n;

    PyMem_Free((void *)(intptr_t)c->n);
    Py_XDECREF(value);
    PyErr_Clear();
    start.func(start.arg);
    PyErr_Clear();
    Py_RETURN_NONE;
}

int64_t PyThread_start_new_thread(void (*func)(void *), void *arg)
{
    CStart *start = PyMem_New(CStart, 1);
    PyThreadState *t = NULL;
    PyCont *c;

    if (start == NULL || (t = new_thread(begin_c, &c)) == NULL) {
        PyMem_Free(start);
        PyErr_Clear();
        return -1;
    }
    *start = (CStart){func, arg};
    c->n = (py_long)(intptr_t)start;
    t->gilstate = 0;
    return launch(t);
}

int64_t PyThread_get_thread_ident(void)
{
    return PyThreadState_GET()->thread_id;
}

/* Threads are switched by the VM alone, so whoever runs has the GIL: what is left to do is to
 * count, and to end the thread's life as a Python thread. */
PyGILState_STATE PyGILState_Ensure(void)
{
    return PyThreadState_GET()->gilstate++ == 0 ? PyGILState_UNLOCKED : PyGILState_LOCKED;
}

void PyGILState_Release(PyGILState_STATE before)
{
    PyThreadState *t = PyThreadState_GET();

    if (t->gilstate <= 0)
        Py_FatalError("auto-releasing thread-state, but no thread-state for this thread");
    if (--t->gilstate > 0)
        return;
    PyErr_Clear();
    t->c_profilefunc = NULL;
    t->c_tracefunc = NULL;
    t->use_tracing = 0;
    Py_CLEAR(t->c_profileobj);
    Py_CLEAR(t->c_traceobj);
    Py_CLEAR(t->exc_type);
    Py_CLEAR(t->exc_value);
    Py_CLEAR(t->exc_traceback);
    Py_CLEAR(t->async_exc);
    Py_CLEAR(t->dict);
}

PyThreadState *PyGILState_GetThisThreadState(void)
{
    PyThreadState *t = PyThreadState_GET();

    return t->gilstate > 0 ? t : NULL;
}

int PyThreadState_SetAsyncExc(int64_t id, PyObject *exc)
{
    for (PyThreadState *t = main_thread->interp->tstate_head; t != NULL; t = t->next) {
        if (t->thread_id == id) {
            Py_XINCREF(exc);
            Py_XSETREF(t->async_exc, exc);
            _Py_Ticker = 0;
            return 1;
        }
    }
    return 0;
}

int PyThread_Count(void)
{
    return alive;
}

int PyThread_IsMain(void)
{
    return main_thread == NULL || PyThreadState_GET() == main_thread;
}

void _PyThread_SetMain(PyThreadState *t)
{
    main_thread = t;
}

void PyThread_TellHost(void)
{
    host_blocking(!_PyThread_Several);
    _Py_Ticker = 0; /* signals may have come meanwhile */
}

void PyThread_StopOthers(void)
{
    ready.first = ready.last = NULL;
    host_waiters = sleepers = 0;
    nearest = PyThread_FOREVER;
    _PyThread_Several = 0;
}

void PyThread_AfterFork(void)
{
    PyThreadState *self = PyThreadState_GET(), *t = self->interp->tstate_head, *next;

    /* The others are not running here and never will; what they held stays as it was. */
    for (; t != NULL; t = next) {
        next = t->next;
        if (t != self) {
            t->frame = NULL;
            t->cont_top = 0;
            t->goon_value = NULL;
            PyThreadState_Clear(t);
            PyThreadState_Delete(t);
        }
    }
    PyThreadState_Swap(self);
    main_thread = self;
    ready.first = ready.last = NULL;
    self->queue = NULL;
    self->queue_next = NULL;
    alive = 1;
    buried = 0;
    host_waiters = sleepers = 0;
    nearest = PyThread_FOREVER;
    _PyThread_Several = 0;
    host_blocking(1);
}

/* ---- Locks that their thread may take again ---- */

int PyThread_TryOwnedLock(PyThread_OwnedLock *lock)
{
    int64_t self = PyThreadState_GET()->thread_id;

    if (lock->depth > 0 && lock->owner != self)
        return 0;
    lock->owner = self;
    lock->depth++;
    return 1;
}

int PyThread_ReleaseOwnedLock(PyThread_OwnedLock *lock)
{
    if (lock->depth == 0 || lock->owner != PyThreadState_GET()->thread_id)
        return -1;
    if (--lock->depth == 0) {
        lock->owner = 0;
        PyThread_WakeFirst(&lock->queue);
    }
    return 0;
}
