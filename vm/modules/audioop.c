/* SPDX-License-Identifier: MIT */
/* The module audioop: operations on strings of samples of one, two or four bytes, signed and in the
 * machine's order (little-endian on every target). What turns samples into a coded form and back
 * (a-law, u-law, ADPCM) is in audio_codec.c and knows no Python.
 *
 * Every function checks width and length before it touches a sample, so that get() and put() below
 * are only asked for samples that are there. Sums are kept in doubles: their rounding over very
 * long fragments is part of the answer. */
#include "Python.h"
#include <limits.h>
#include <math.h>
#include "audio_codec.h"

static PyObject *AudioopError;

/* A fragment: n bytes, that is count samples of width bytes each. */
typedef struct {
    char *at;
    Py_ssize_t n, count;
    int width;
} fragment_t;

/* ---- Samples ------------------------------------------------------------------------------------
 */

static int32_t get(const char *at, int width, Py_ssize_t i)
{
    int16_t two;
    int32_t four;

    if (width == 1)
        return (signed char)at[i];
    if (width == 2) {
        memcpy(&two, at + i * 2, sizeof two);
        return two;
    }
    memcpy(&four, at + i * 4, sizeof four);
    return four;
}

/* Stores the low bytes of a value; what does not fit is lost. */
static void put(char *at, int width, Py_ssize_t i, int32_t value)
{
    int16_t two = (int16_t)value;

    if (width == 1)
        at[i] = (char)value;
    else if (width == 2)
        memcpy(at + i * 2, &two, sizeof two);
    else
        memcpy(at + i * 4, &value, sizeof value);
}

/* A sample of any width as the high bits of four bytes, and back. */
static int32_t widen(int32_t value, int width)
{
    return (int32_t)((uint32_t)value << (32 - 8 * width));
}

static int32_t narrow(int32_t value, int width)
{
    return value >> (32 - 8 * width);
}

/* The integer part of a double; what no int32_t can hold (NaN too) becomes the least one, as on
 * x86-64. */
static int32_t to_int32(double value)
{
    return value > -2147483649.0 && value < 2147483648.0 ? (int32_t)value : INT32_MIN;
}

/* A computed value as a sample: rounded down, and cut to what width can hold. */
static int32_t clip(double value, int width)
{
    double most = ldexp(1.0, 8 * width - 1) - 1;

    if (value > most)
        value = most;
    else if (value < -most - 1)
        value = -most - 1;
    return to_int32(floor(value));
}

/* ---- Checks -------------------------------------------------------------------------------------
 */

static int fail(const char *message)
{
    PyErr_SetString(AudioopError, message);
    return 0;
}

/* A length must fit in a C int. */
static int check_length(Py_ssize_t n)
{
    if (n <= INT_MAX)
        return 1;
    PyErr_SetString(PyExc_OverflowError, "size does not fit in an int");
    return 0;
}

static int check_width(int width)
{
    return width == 1 || width == 2 || width == 4 || fail("Size should be 1, 2 or 4");
}

/* Both checks for a fragment whose samples have that width. */
static int check_fragment(fragment_t *f)
{
    if (!check_length(f->n) || !check_width(f->width))
        return 0;
    if (f->n % f->width != 0)
        return fail("not a whole number of frames");
    f->count = f->n / f->width;
    return 1;
}

/* Takes the arguments (fragment, width). */
static int take_fragment(PyObject *args, const char *format, fragment_t *f)
{
    return PyArg_ParseTuple(args, format, &f->at, &f->n, &f->width) && check_fragment(f);
}

/* A fragment of two-byte samples. */
static int check_words(fragment_t *f)
{
    f->width = 2;
    f->count = f->n / 2;
    return f->n % 2 == 0 || fail("Strings should be even-sized");
}

static PyObject *no_room(void)
{
    PyErr_SetString(PyExc_MemoryError, "not enough memory for output buffer");
    return NULL;
}

/* A new str for so many samples; *at is where they go. */
static PyObject *new_samples(Py_ssize_t count, int width, char **at)
{
    PyObject *s;

    if (count > INT_MAX / width)
        return no_room();
    s = PyString_FromStringAndSize(NULL, count * width);
    if (s != NULL)
        *at = PyString_AS_STRING(s);
    return s;
}

/* An answer that as an unsigned C int may not fit in a signed one: then it is a long. */
static PyObject *from_unsigned(double value)
{
    uint32_t n = (uint32_t)value;
    return n <= INT_MAX ? PyInt_FromLong((long)n) : PyLong_FromUnsignedLongLong(n);
}

/* ---- Measures -----------------------------------------------------------------------------------
 */

static PyObject *audioop_getsample(PyObject *self, PyObject *args)
{
    fragment_t f;
    int i;

    if (!PyArg_ParseTuple(args, "s#ii:getsample", &f.at, &f.n, &f.width, &i) || !check_fragment(&f))
        return NULL;
    if (i < 0 || i >= f.count) {
        fail("Index out of range");
        return NULL;
    }
    return PyInt_FromLong(get(f.at, f.width, i));
}

static PyObject *audioop_max(PyObject *self, PyObject *args)
{
    fragment_t f;
    int64_t most = 0;

    if (!take_fragment(args, "s#i:max", &f))
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++) {
        int64_t value = get(f.at, f.width, i);
        if (value < 0)
            value = -value;
        if (value > most)
            most = value;
    }
    return from_unsigned((double)most);
}

static PyObject *audioop_minmax(PyObject *self, PyObject *args)
{
    fragment_t f;
    int32_t least = INT32_MAX, most = INT32_MIN;

    if (!take_fragment(args, "s#i:minmax", &f))
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++) {
        int32_t value = get(f.at, f.width, i);
        if (value < least)
            least = value;
        if (value > most)
            most = value;
    }
    return Py_BuildValue("(ii)", (int)least, (int)most);
}

static PyObject *audioop_avg(PyObject *self, PyObject *args)
{
    fragment_t f;
    double sum = 0;

    if (!take_fragment(args, "s#i:avg", &f))
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++)
        sum += get(f.at, f.width, i);
    return PyInt_FromLong(f.count == 0 ? 0 : to_int32(floor(sum / (double)f.count)));
}

static PyObject *audioop_rms(PyObject *self, PyObject *args)
{
    fragment_t f;
    double sum = 0;

    if (!take_fragment(args, "s#i:rms", &f))
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++) {
        double value = get(f.at, f.width, i);
        sum += value * value;
    }
    return from_unsigned(f.count == 0 ? 0 : sqrt(sum / (double)f.count));
}

/* Goes over the turning points of a fragment (where it stops rising and falls, or the other way
 * about; equal neighbours count as one) and measures from each to the next. */
static void peaks(const fragment_t *f, double *sum, double *most, Py_ssize_t *count)
{
    int direction = 0, have_peak = 0;
    int64_t peak = 0, last = 0;

    *sum = *most = 0;
    *count = 0;
    for (Py_ssize_t i = 0; i < f->count; i++) {
        int64_t value = get(f->at, f->width, i);
        if (i > 0 && value != last) {
            int now = value > last ? 1 : -1;
            if (direction == -now) {
                if (have_peak) {
                    double height = (double)(last > peak ? last - peak : peak - last);
                    *sum += height;
                    *most = height > *most ? height : *most;
                    ++*count;
                }
                have_peak = 1;
                peak = last;
            }
            direction = now;
        }
        last = value;
    }
}

static PyObject *audioop_avgpp(PyObject *self, PyObject *args)
{
    fragment_t f;
    double sum, most;
    Py_ssize_t count;

    if (!take_fragment(args, "s#i:avgpp", &f))
        return NULL;
    peaks(&f, &sum, &most, &count);
    return from_unsigned(count == 0 ? 0 : sum / (double)count);
}

static PyObject *audioop_maxpp(PyObject *self, PyObject *args)
{
    fragment_t f;
    double sum, most;
    Py_ssize_t count;

    if (!take_fragment(args, "s#i:maxpp", &f))
        return NULL;
    peaks(&f, &sum, &most, &count);
    return from_unsigned(most);
}

/* The first sample counts as a crossing, which the -1 makes up for. */
static PyObject *audioop_cross(PyObject *self, PyObject *args)
{
    fragment_t f;
    Py_ssize_t crossings = -1;
    int last = -1;

    if (!take_fragment(args, "s#i:cross", &f))
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++) {
        int negative = get(f.at, f.width, i) < 0;
        crossings += negative != last;
        last = negative;
    }
    return PyInt_FromSsize_t(crossings);
}

/* ---- Two fragments compared ---------------------------------------------------------------------
 */

static double product(const char *a, const char *b, Py_ssize_t count)
{
    double sum = 0;

    for (Py_ssize_t i = 0; i < count; i++)
        sum += (double)get(a, 2, i) * get(b, 2, i);
    return sum;
}

/* Of products of a window of so many samples, the sum after it has moved by one sample. */
static double moved(double sum, const char *a, Py_ssize_t from, Py_ssize_t count)
{
    double gone = get(a, 2, from), come = get(a, 2, from + count);
    return sum + (come * come - gone * gone);
}

static PyObject *audioop_findfactor(PyObject *self, PyObject *args)
{
    fragment_t f, reference;

    if (!PyArg_ParseTuple(args, "s#s#:findfactor", &f.at, &f.n, &reference.at, &reference.n) ||
        !check_length(f.n) || !check_length(reference.n) || !check_words(&f) ||
        !check_words(&reference))
        return NULL;
    if (f.n != reference.n) {
        fail("Samples should be same size");
        return NULL;
    }
    double over = product(f.at, reference.at, f.count);
    return PyFloat_FromDouble(over / product(reference.at, reference.at, f.count));
}

/* Where the reference lies best: where what remains of the fragment, less the reference times the
 * best factor, has the least energy in proportion. */
static PyObject *audioop_findfit(PyObject *self, PyObject *args)
{
    fragment_t f, reference;

    if (!PyArg_ParseTuple(args, "s#s#:findfit", &f.at, &f.n, &reference.at, &reference.n) ||
        !check_length(f.n) || !check_length(reference.n) || !check_words(&f) ||
        !check_words(&reference))
        return NULL;
    if (f.n < reference.n) {
        fail("First sample should be longer");
        return NULL;
    }
    Py_ssize_t window = reference.count, best = 0;
    double energy = product(f.at, f.at, window);
    double reference_energy = product(reference.at, reference.at, window);
    double least = 0;
    for (Py_ssize_t at = 0; at + window <= f.count; at++) {
        double both = product(f.at + at * 2, reference.at, window);
        double rest = (reference_energy * energy - both * both) / energy;
        if (at == 0 || rest < least) {
            least = rest;
            best = at;
        }
        if (at + window < f.count)
            energy = moved(energy, f.at, at, window);
    }
    double both = product(f.at + best * 2, reference.at, window);
    return Py_BuildValue("(nd)", best, both / reference_energy);
}

static PyObject *audioop_findmax(PyObject *self, PyObject *args)
{
    fragment_t f;
    int window;

    if (!PyArg_ParseTuple(args, "s#i:findmax", &f.at, &f.n, &window) || !check_length(f.n) ||
        !check_words(&f))
        return NULL;
    if (window < 0 || window > f.count) {
        fail("Input sample should be longer");
        return NULL;
    }
    double energy = product(f.at, f.at, window), most = energy;
    Py_ssize_t best = 0;
    for (Py_ssize_t at = 1; at + window <= f.count; at++) {
        energy = moved(energy, f.at, at - 1, window);
        if (energy > most) {
            most = energy;
            best = at;
        }
    }
    return PyInt_FromSsize_t(best);
}

/* ---- Sample by sample ---------------------------------------------------------------------------
 */

static PyObject *audioop_mul(PyObject *self, PyObject *args)
{
    fragment_t f;
    double factor;
    char *out;

    if (!PyArg_ParseTuple(args, "s#id:mul", &f.at, &f.n, &f.width, &factor) || !check_fragment(&f))
        return NULL;
    PyObject *result = new_samples(f.count, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++)
            put(out, f.width, i, clip(get(f.at, f.width, i) * factor, f.width));
    return result;
}

static PyObject *audioop_tomono(PyObject *self, PyObject *args)
{
    fragment_t f;
    double left, right;
    char *out;

    if (!PyArg_ParseTuple(args, "s#idd:tomono", &f.at, &f.n, &f.width, &left, &right) ||
        !check_fragment(&f))
        return NULL;
    if (f.count % 2 != 0) {
        fail("not a whole number of frames");
        return NULL;
    }
    PyObject *result = new_samples(f.count / 2, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i += 2) {
            double a = get(f.at, f.width, i), b = get(f.at, f.width, i + 1);
            put(out, f.width, i / 2, clip(a * left + b * right, f.width));
        }
    return result;
}

static PyObject *audioop_tostereo(PyObject *self, PyObject *args)
{
    fragment_t f;
    double left, right;
    char *out;

    if (!PyArg_ParseTuple(args, "s#idd:tostereo", &f.at, &f.n, &f.width, &left, &right) ||
        !check_fragment(&f))
        return NULL;
    PyObject *result = new_samples(f.count * 2, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++) {
            double value = get(f.at, f.width, i);
            put(out, f.width, i * 2, clip(value * left, f.width));
            put(out, f.width, i * 2 + 1, clip(value * right, f.width));
        }
    return result;
}

static PyObject *audioop_add(PyObject *self, PyObject *args)
{
    fragment_t f, other;
    char *out;

    if (!PyArg_ParseTuple(args, "s#s#i:add", &f.at, &f.n, &other.at, &other.n, &f.width) ||
        !check_length(other.n) || !check_fragment(&f))
        return NULL;
    if (f.n != other.n) {
        fail("Lengths should be the same");
        return NULL;
    }
    PyObject *result = new_samples(f.count, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++) {
            double sum = (double)get(f.at, f.width, i) + get(other.at, f.width, i);
            put(out, f.width, i, clip(sum, f.width));
        }
    return result;
}

/* What goes beyond the width wraps around. */
static PyObject *audioop_bias(PyObject *self, PyObject *args)
{
    fragment_t f;
    int bias;
    char *out;

    if (!PyArg_ParseTuple(args, "s#ii:bias", &f.at, &f.n, &f.width, &bias) || !check_fragment(&f))
        return NULL;
    PyObject *result = new_samples(f.count, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++) {
            uint32_t sum = (uint32_t)get(f.at, f.width, i) + (uint32_t)bias;
            put(out, f.width, i, (int32_t)sum);
        }
    return result;
}

static PyObject *audioop_reverse(PyObject *self, PyObject *args)
{
    fragment_t f;
    char *out;

    if (!take_fragment(args, "s#i:reverse", &f))
        return NULL;
    PyObject *result = new_samples(f.count, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++)
            put(out, f.width, f.count - 1 - i, get(f.at, f.width, i));
    return result;
}

static PyObject *audioop_lin2lin(PyObject *self, PyObject *args)
{
    fragment_t f;
    int width;
    char *out;

    if (!PyArg_ParseTuple(args, "s#ii:lin2lin", &f.at, &f.n, &f.width, &width) ||
        !check_fragment(&f) || !check_width(width))
        return NULL;
    PyObject *result = new_samples(f.count, width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++)
            put(out, width, i, narrow(widen(get(f.at, f.width, i), f.width), width));
    return result;
}

/* ---- Rates --------------------------------------------------------------------------------------
 */

/* Of one channel: the last two samples read, widened. */
typedef struct {
    int32_t last, now;
} channel_t;

static int gcd(int a, int b)
{
    while (b != 0) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Takes apart a state (position, ((last, now), ...)) for so many channels; None leaves *position as
 * it is and *samples NULL. */
static int open_state(PyObject *state, int count, int *position, PyObject **samples)
{
    *samples = NULL;
    if (state == Py_None)
        return 1;
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state must be a tuple or None");
        return 0;
    }
    if (!PyArg_ParseTuple(state, "iO!;audioop.ratecv: illegal state argument", position,
                          &PyTuple_Type, samples))
        return 0;
    return PyTuple_GET_SIZE(*samples) == count || fail("illegal state argument");
}

/* A new array of the samples of such a state; without one, of silence. */
static channel_t *read_channels(PyObject *samples, int count)
{
    channel_t *channels = PyMem_Malloc(count * (Py_ssize_t)sizeof *channels);
    int last = 0, now = 0;

    if (channels == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (int c = 0; c < count; c++) {
        PyObject *pair = samples == NULL ? NULL : PyTuple_GET_ITEM(samples, c);
        if (pair != NULL && !PyTuple_Check(pair))
            PyErr_SetString(PyExc_TypeError, "ratecv(): illegal state argument");
        else if (pair == NULL || PyArg_ParseTuple(pair, "ii:ratecv", &last, &now)) {
            channels[c] = (channel_t){last, now};
            continue;
        }
        PyMem_Free(channels);
        return NULL;
    }
    return channels;
}

/* A state. */
static PyObject *make_state(int count, const channel_t *channels, int64_t position)
{
    PyObject *samples = PyTuple_New(count);

    for (int c = 0; samples != NULL && c < count; c++) {
        PyObject *pair = Py_BuildValue("(ii)", (int)channels[c].last, (int)channels[c].now);
        if (pair == NULL)
            Py_CLEAR(samples);
        else
            PyTuple_SET_ITEM(samples, c, pair);
    }
    return samples == NULL ? NULL : Py_BuildValue("(iN)", (int)position, samples);
}

/* Output of ratecv. A state made by hand can ask for more samples than the rates would: the buffer
 * grows as needed. */
typedef struct {
    char *at;
    Py_ssize_t n, room;
} out_t;

static int reserve(out_t *out, Py_ssize_t more)
{
    if (out->room - out->n >= more)
        return 1;
    Py_ssize_t room = out->n + more > 256 ? out->n + more : 256;
    room += room / 2;
    char *at = out->n + more <= INT_MAX ? PyMem_Realloc(out->at, room) : NULL;
    if (at == NULL) {
        no_room();
        return 0;
    }
    out->at = at;
    out->room = room;
    return 1;
}

typedef struct {
    int channels, in_rate, out_rate, weight_a, weight_b;
} rates_t;

/* Converts f, whose width and frames have been checked. position is how far the next output lies
 * behind the last input, in units in which inputs are out_rate apart and outputs in_rate: while it
 * is negative the next input has to be read. */
static int convert(const fragment_t *f, const rates_t *r, channel_t *channels, int64_t *position,
                   out_t *out)
{
    double a = r->weight_a, b = r->weight_b, rate = r->out_rate;
    int width = f->width;

    for (Py_ssize_t i = 0;;) {
        for (; *position < 0; *position += r->out_rate) {
            if (i >= f->count)
                return 1;
            for (int c = 0; c < r->channels; c++) {
                channel_t *at = &channels[c];
                int32_t value = widen(get(f->at, width, i++), width);
                at->last = at->now;
                at->now = to_int32((a * value + b * at->last) / (a + b));
            }
        }
        for (; *position >= 0; *position -= r->in_rate) {
            double before = (double)*position, after = rate - before;
            if (!reserve(out, (Py_ssize_t)r->channels * width))
                return 0;
            for (int c = 0; c < r->channels; c++, out->n += width) {
                double value = (channels[c].last * before + channels[c].now * after) / rate;
                put(out->at + out->n, width, 0, narrow(to_int32(value), width));
            }
        }
    }
}

static PyObject *audioop_ratecv(PyObject *self, PyObject *args)
{
    fragment_t f;
    rates_t r = {.weight_a = 1, .weight_b = 0};
    PyObject *state, *result = NULL, *samples = NULL;
    out_t out = {NULL, 0, 0};

    if (!PyArg_ParseTuple(args, "s#iiiiO|ii:ratecv", &f.at, &f.n, &f.width, &r.channels, &r.in_rate,
                          &r.out_rate, &state, &r.weight_a, &r.weight_b) ||
        !check_length(f.n) || !check_width(f.width))
        return NULL;
    if (r.channels < 1) {
        fail("# of channels should be >= 1");
        return NULL;
    }
    if (r.channels > INT_MAX / f.width) {
        PyErr_SetString(PyExc_OverflowError, "width * nchannels too big for a C int");
        return NULL;
    }
    if (r.weight_a < 1 || r.weight_b < 0) {
        fail("weightA should be >= 1, weightB should be >= 0");
        return NULL;
    }
    if (f.n % (f.width * r.channels) != 0) {
        fail("not a whole number of frames");
        return NULL;
    }
    if (r.in_rate <= 0 || r.out_rate <= 0) {
        fail("sampling rate not > 0");
        return NULL;
    }
    f.count = f.n / f.width;
    double frames = (double)(f.count / r.channels);
    if (frames * r.out_rate / r.in_rate * (r.channels * f.width) > INT_MAX)
        return no_room();
    int common = gcd(r.in_rate, r.out_rate);
    r.in_rate /= common;
    r.out_rate /= common;
    common = gcd(r.weight_a, r.weight_b);
    r.weight_a /= common;
    r.weight_b /= common;

    int start = -r.out_rate;
    if (!open_state(state, r.channels, &start, &samples))
        return NULL;
    channel_t *channels = read_channels(samples, r.channels);
    if (channels == NULL)
        return NULL;
    int64_t position = start;
    if (convert(&f, &r, channels, &position, &out)) {
        PyObject *data = PyString_FromStringAndSize(out.at != NULL ? out.at : "", out.n);
        state = data == NULL ? NULL : make_state(r.channels, channels, position);
        if (state != NULL)
            result = Py_BuildValue("(NN)", data, state);
        else
            Py_XDECREF(data);
    }
    PyMem_Free(out.at);
    PyMem_Free(channels);
    return result;
}

/* ---- Coded forms --------------------------------------------------------------------------------
 */

/* Linear samples into bytes of a law, and back. */
static PyObject *encode_law(PyObject *args, const char *format, unsigned char (*encode)(int16_t))
{
    fragment_t f;
    char *out;

    if (!take_fragment(args, format, &f))
        return NULL;
    PyObject *result = new_samples(f.count, 1, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.count; i++) {
            int32_t value = narrow(widen(get(f.at, f.width, i), f.width), 2);
            out[i] = (char)encode((int16_t)value);
        }
    return result;
}

static PyObject *decode_law(PyObject *args, const char *format, int16_t (*decode)(unsigned char))
{
    fragment_t f;
    char *out;

    if (!PyArg_ParseTuple(args, format, &f.at, &f.n, &f.width) || !check_length(f.n) ||
        !check_width(f.width))
        return NULL;
    PyObject *result = new_samples(f.n, f.width, &out);
    if (result != NULL)
        for (Py_ssize_t i = 0; i < f.n; i++)
            put(out, f.width, i, narrow(widen(decode((unsigned char)f.at[i]), 2), f.width));
    return result;
}

static PyObject *audioop_lin2ulaw(PyObject *self, PyObject *args)
{
    return encode_law(args, "s#i:lin2ulaw", ulaw_encode);
}

static PyObject *audioop_ulaw2lin(PyObject *self, PyObject *args)
{
    return decode_law(args, "s#i:ulaw2lin", ulaw_decode);
}

static PyObject *audioop_lin2alaw(PyObject *self, PyObject *args)
{
    return encode_law(args, "s#i:lin2alaw", alaw_encode);
}

static PyObject *audioop_alaw2lin(PyObject *self, PyObject *args)
{
    return decode_law(args, "s#i:alaw2lin", alaw_decode);
}

/* Reads (value, index); None is (0, 0). */
static int read_adpcm(PyObject *state, adpcm_t *adpcm)
{
    int value, index;

    *adpcm = (adpcm_t){0, 0};
    if (state == Py_None)
        return 1;
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state must be a tuple or None");
        return 0;
    }
    if (!PyArg_ParseTuple(state, "ii", &value, &index))
        return 0;
    if (value < INT16_MIN || value > INT16_MAX || index < 0 || index >= ADPCM_STEPS) {
        PyErr_SetString(PyExc_ValueError, "bad state");
        return 0;
    }
    *adpcm = (adpcm_t){value, index};
    return 1;
}

/* Two samples to a byte, the first in its upper half; a last odd one only changes the state. */
static PyObject *audioop_lin2adpcm(PyObject *self, PyObject *args)
{
    fragment_t f;
    adpcm_t adpcm;
    PyObject *state;
    char *out;
    int upper = 0;

    if (!PyArg_ParseTuple(args, "s#iO:lin2adpcm", &f.at, &f.n, &f.width, &state) ||
        !check_fragment(&f) || !read_adpcm(state, &adpcm))
        return NULL;
    PyObject *result = new_samples(f.count / 2, 1, &out);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < f.count; i++) {
        int32_t value = narrow(widen(get(f.at, f.width, i), f.width), 2);
        int code = adpcm_encode(&adpcm, (int16_t)value);
        if (i % 2 == 0)
            upper = code;
        else
            out[i / 2] = (char)(upper << 4 | code);
    }
    return Py_BuildValue("(N(ii))", result, adpcm.value, adpcm.index);
}

static PyObject *audioop_adpcm2lin(PyObject *self, PyObject *args)
{
    fragment_t f;
    adpcm_t adpcm;
    PyObject *state;
    char *out;

    if (!PyArg_ParseTuple(args, "s#iO:adpcm2lin", &f.at, &f.n, &f.width, &state) ||
        !check_length(f.n) || !check_width(f.width) || !read_adpcm(state, &adpcm))
        return NULL;
    PyObject *result = new_samples(f.n * 2, f.width, &out);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < f.n * 2; i++) {
        int code = (unsigned char)f.at[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
        put(out, f.width, i, narrow(widen(adpcm_decode(&adpcm, code), 2), f.width));
    }
    return Py_BuildValue("(N(ii))", result, adpcm.value, adpcm.index);
}

/* ---- The module ---------------------------------------------------------------------------------
 */

#define METHOD(name)                                                                               \
    {                                                                                              \
#name, audioop_##name, METH_VARARGS, NULL                                                  \
    }

static PyMethodDef audioop_methods[] = {
    METHOD(max),        METHOD(minmax),        METHOD(avg),       METHOD(maxpp),
    METHOD(avgpp),      METHOD(rms),           METHOD(findfit),   METHOD(findmax),
    METHOD(findfactor), METHOD(cross),         METHOD(mul),       METHOD(add),
    METHOD(bias),       METHOD(ulaw2lin),      METHOD(lin2ulaw),  METHOD(alaw2lin),
    METHOD(lin2alaw),   METHOD(lin2lin),       METHOD(adpcm2lin), METHOD(lin2adpcm),
    METHOD(tomono),     METHOD(tostereo),      METHOD(getsample), METHOD(reverse),
    METHOD(ratecv),     {NULL, NULL, 0, NULL},
};

void initaudioop(void)
{
    PyObject *m = Py_InitModule("audioop", audioop_methods);

    if (m == NULL)
        return;
    AudioopError = PyErr_NewException("audioop.error", NULL, NULL);
    if (AudioopError == NULL)
        return;
    Py_INCREF(AudioopError);
    PyModule_AddObject(m, "error", AudioopError);
}
