# SPDX-License-Identifier: MIT
"""More programs of /bin where there is no operating system (_krait_bin): those on lines of text, and on files.

They have the options that scripts use, GNU's messages and exit statuses, and the order of the C locale.
"""
import errno
import os
import re
import sys


class Usage(Exception):
    """Ends a program with a message; `status` is what GNU's program ends with."""

    def __init__(self, message, status=1, hint=True):
        Exception.__init__(self, message)
        self.status, self.hint = status, hint


def write_all(fd, text):
    while text:
        text = text[os.write(fd, text):]


def parse(args, flags, valued='', status=1):
    """(options, operands): options maps a flag to how often it is there, or its value."""
    options, rest, args = {}, [], list(args)
    while args:
        arg = args.pop(0)
        if arg == '--':
            return options, rest + args
        if arg[:1] != '-' or arg == '-':
            rest.append(arg)
            continue
        if arg[:2] == '--':
            raise Usage("unrecognized option '%s'" % arg, status)
        at = 1
        while at < len(arg):
            c = arg[at]
            at += 1
            if c in valued:
                value = arg[at:]
                if not value:
                    if not args:
                        raise Usage("option requires an argument -- '%s'" % c, status)
                    value = args.pop(0)
                options[c] = options.get(c, []) + [value] if c in 'ek' else value
                break
            if c not in flags:
                raise Usage("invalid option -- '%s'" % c, status)
            options[c] = options.get(c, 0) + 1
    return options, rest


class Inputs(object):
    """The files that operands name, each opened when its turn comes; '-' and nothing are standard input."""

    def __init__(self, name, names, message='%s: %s'):
        self.name, self.names, self.status = name, names or ['-'], 0
        self.message = message

    def __iter__(self):
        for name in self.names:
            try:
                if name == '-':
                    yield name, os.fdopen(os.dup(0), 'rb')
                    continue
                if os.path.isdir(name):
                    raise IOError(errno.EISDIR, os.strerror(errno.EISDIR))
                with open(name, 'rb') as f:
                    yield name, f
            except IOError, e:
                if e.errno == errno.EPIPE:
                    raise
                self.fail(name, e.strerror)

    def fail(self, name, why):
        if self.message:
            write_all(2, '%s: %s\n' % (self.name, self.message % (name, why)))
        self.status = 1


def lines_of(f):
    """Its lines, whole: with a newline each."""
    for line in f:
        yield line if line[-1:] == '\n' else line + '\n'


class Output(object):
    """Standard output, in few writes."""

    def __init__(self):
        self.parts, self.size = [], 0

    def write(self, text):
        self.parts.append(text)
        self.size += len(text)
        if self.size >= 65536:
            self.flush()

    def flush(self):
        write_all(1, ''.join(self.parts))
        self.parts, self.size = [], 0


# -- lines


def wc(args):
    options, names = parse(args, 'lwcm')
    wanted = [c for c in 'lwc' if c in options or (c == 'c' and 'm' in options)] or list('lwc')
    rows, total, inputs = [], [0, 0, 0], Inputs('wc', names)
    # GNU's width: that of all the bytes there are to count, and 7 where that is not known before.
    sizes = [os.path.getsize(n) if os.path.isfile(n) else None for n in inputs.names]
    for name, f in inputs:
        counts = [0, 0, 0]
        inside = False
        while True:
            part = f.read(65536)
            if not part:
                break
            counts[0] += part.count('\n')
            words = part.split()
            counts[1] += len(words) - (1 if words and inside and not part[0].isspace() else 0)
            inside = not part[-1].isspace()
            counts[2] += len(part)
        rows.append((counts, name if names else ''))
        total = [a + b for a, b in zip(total, counts)]
    if len(inputs.names) > 1:
        rows.append((total, 'total'))
    width = 1
    if len(inputs.names) > 1 or len(wanted) > 1:
        width = 7 if None in sizes and '-' in inputs.names else \
            len(str(sum(size or 0 for size in sizes)))
    out = Output()
    for counts, name in rows:
        fields = ['%*d' % (width, counts['lwc'.index(c)]) for c in wanted]
        out.write(' '.join(fields + ([name] if name else [])) + '\n')
    out.flush()
    return inputs.status


def number_at(text):
    """The number that a text begins with, as sort -n takes it."""
    match = re.match(r'\s*(-?\d*\.?\d*)', text)
    try:
        return float(match.group(1))
    except ValueError:
        return 0.0


def sort(args):
    options, names = parse(args, 'nrufb', 'kto', 2)
    separator = options.get('t')
    keys = []
    for text in options.get('k', []):
        match = re.match(r'(\d+)(?:\.\d+)?([nrfb]*)(?:,(\d+)(?:\.\d+)?([nrfb]*))?$', text)
        if not match or match.group(1) == '0':
            raise Usage("invalid number at field start: invalid count at start of '%s'" % text, 2, False)
        first, flags, last, more = match.groups()
        keys.append((int(first) - 1, int(last) if last else None, (flags + (more or ''))))

    def fields(line):
        if separator is not None:
            return line.split(separator)
        return re.findall(r'\s*\S+', line)

    def value(text, flags):
        if 'n' in flags:
            return number_at(text)
        if 'b' in flags:
            text = text.lstrip()
        return text.upper() if 'f' in flags else text

    common = ''.join(c for c in 'nrfb' if c in options)

    def keys_of(line):
        if not keys:
            return [(value(line, common), 'r' in common)]
        found, parts = [], fields(line)
        for first, last, flags in keys:
            text = (separator or '').join(parts[first:last])
            flags = flags or common
            found.append((value(text, flags), 'r' in flags))
        return found

    def order(a, b):
        for (x, backwards), (y, _) in zip(a[0], b[0]):
            if x != y:
                return -cmp(x, y) if backwards else cmp(x, y)
        if 'u' in options:
            return 0
        return -cmp(a[1], b[1]) if 'r' in options else cmp(a[1], b[1])

    inputs = Inputs('sort', names, 'cannot read: %s: %s')
    lines = []
    for name, f in inputs:
        lines += [(keys_of(line[:-1]), line) for line in lines_of(f)]
    if inputs.status:
        return 2
    lines.sort(order)
    if 'u' in options:
        lines = [line for i, line in enumerate(lines) if i == 0 or order(line, lines[i - 1])]
    text = ''.join(line for key, line in lines)
    if 'o' in options:
        with open(options['o'], 'wb') as f:
            f.write(text)
    else:
        write_all(1, text)
    return 0


def uniq(args):
    options, names = parse(args, 'cdui')
    inputs, out = Inputs('uniq', names[:1]), Output()

    def told(line, count):
        if ('d' in options and count == 1) or ('u' in options and count > 1):
            return
        out.write('%7d %s' % (count, line) if 'c' in options else line)

    for name, f in inputs:
        last, count = None, 0
        for line in lines_of(f):
            if last is not None and (line.lower() == last.lower() if 'i' in options else line == last):
                count += 1
                continue
            if last is not None:
                told(last, count)
            last, count = line, 1
        if last is not None:
            told(last, count)
    out.flush()
    return inputs.status


def old_count(args):
    """-5 for -n 5, as head and tail have it."""
    return ['-n' + a[1:] if re.match(r'-\d+$', a) and args[i - 1:i] not in (['-n'], ['-c']) else a
            for i, a in enumerate(args)]


def several(name, args, action):
    """head and tail: action(f, options, out) for each file, under a title when there are several."""
    options, names = parse(old_count(args), 'qv', 'nc')
    for c in 'nc':
        if c in options and not re.match(r'[-+]?\d+$', options[c]):
            what = 'lines' if c == 'n' else 'bytes'
            raise Usage("invalid number of %s: '%s'" % (what, options[c]), 1, False)
    inputs, first = Inputs(name, names, "cannot open '%s' for reading: %s"), True
    for title, f in inputs:
        if (len(inputs.names) > 1 and 'q' not in options) or 'v' in options:
            shown = 'standard input' if title == '-' else title
            write_all(1, '%s==> %s <==\n' % ('' if first else '\n', shown))
        first = False
        out = Output()
        action(f, options, out)
        out.flush()
    return inputs.status


def head(args):
    def action(f, options, out):
        if 'c' in options:
            count = int(options['c'])
            out.write(f.read(count) if count >= 0 else f.read()[:count])
            return
        count = int(options.get('n', 10))
        if count < 0:
            out.write(''.join(list(f)[:count]))
            return
        while count > 0:
            line = f.readline()
            if not line:
                break
            out.write(line)
            count -= 1
    return several('head', args, action)


def tail(args):
    def action(f, options, out):
        unit = 'c' if 'c' in options else 'n'
        text = options.get(unit, '10')
        count = abs(int(text))
        parts = f.read() if unit == 'c' else list(f)
        if text[0] == '+':
            parts = parts[max(count - 1, 0):]
        else:
            parts = parts[len(parts) - count:] if count < len(parts) else parts
        out.write(''.join(parts))
    return several('tail', args, action)


def basic_pattern(text):
    """Python's form of a basic regular expression."""
    result, at = [], 0
    while at < len(text):
        c = text[at]
        at += 1
        if c == '\\' and at < len(text):
            c = text[at]
            at += 1
            if c in '(){}|+?':
                result.append(c)
            elif c in '<>':
                result.append(r'\b')
            else:
                result.append('\\' + c)
        elif c == '[':
            end = text.find(']', at + (2 if text[at:at + 1] == '^' else 1))
            if end < 0:
                raise Usage('Unmatched [, [^, [:, [., or [=', 2, False)
            while text.find('[:', at, end) >= 0 and text[end - 1:end] == ':':
                end = text.find(']', end + 1)
                if end < 0:
                    raise Usage('Unmatched [, [^, [:, [., or [=', 2, False)
            result.append('[' + bracket(text[at:end]) + ']')
            at = end + 1
        elif c in '(){}|+?' or (c == '*' and not result):
            result.append('\\' + c)
        elif c == '^' and at > 1 and text[at - 3:at - 1] not in ('\\(', '\\|'):
            result.append('\\^')
        elif c == '$' and at < len(text) and text[at:at + 2] not in ('\\)', '\\|'):
            result.append('\\$')
        else:
            result.append(c)
    return ''.join(result)


CLASSES = {'alpha': 'a-zA-Z', 'digit': '0-9', 'alnum': 'a-zA-Z0-9', 'upper': 'A-Z', 'lower': 'a-z',
           'space': r' \t\n\r\f\v', 'blank': r' \t', 'punct': r'!-/:-@\[-`{-~', 'xdigit': '0-9A-Fa-f'}


def bracket(inside):
    """What stands between [ and ], with its backslashes plain and its classes spelled out."""
    inside = inside.replace('\\', '\\\\')
    return re.sub(r'\[:(\w+):\]', lambda m: CLASSES.get(m.group(1), ''), inside)


def extended_pattern(text):
    return re.sub(r'\\[<>]', r'\\b', re.sub(r'\[\^?\]?[^]]*(?:\[:\w+:\][^]]*)*\]',
                                          lambda m: '[' + bracket(m.group()[1:-1]) + ']', text))


def grep(args):
    options, names = parse(args, 'ivnclLqhHowxEFGsrR', 'em', 2)
    patterns = options.get('e')
    if patterns is None:
        if not names:
            write_all(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\n"
                         "Try 'grep --help' for more information.\n")
            return 2
        patterns = [names.pop(0)]
    patterns = [p for text in patterns for p in text.split('\n')]
    convert = re.escape if 'F' in options else extended_pattern if 'E' in options else basic_pattern
    text = '|'.join('(?:%s)' % convert(p) for p in patterns)
    if 'x' in options:
        text = r'(?:%s)$' % text
    elif 'w' in options:
        text = r'(?<!\w)(?:%s)(?!\w)' % text
    try:
        pattern = re.compile(text, re.I if 'i' in options else 0)
    except re.error, e:
        raise Usage(str(e), 2, False)
    deep = 'r' in options or 'R' in options
    if deep:
        names = [path for name in names or ['.'] for path in below(name)]
    titled = 'H' in options or ((len(names) > 1 or deep) and 'h' not in options)
    look = pattern.match if 'x' in options else pattern.search
    inputs = Inputs('grep', names, None if 's' in options else '%s: %s')
    out, found = Output(), False
    most = int(options.get('m', -1))
    for name, f in inputs:
        shown = '(standard input)' if name == '-' else name
        before = shown + ':' if titled else ''
        count = number = 0
        for line in lines_of(f):
            number += 1
            if (look(line[:-1]) is None) != ('v' in options):
                continue
            count += 1
            if 'q' in options:
                return 0
            if 'l' in options or 'L' in options:
                break
            if 'c' not in options:
                place = before + ('%d:' % number if 'n' in options else '')
                if 'o' in options:
                    for match in pattern.finditer(line[:-1]):
                        if match.group():
                            out.write(place + match.group() + '\n')
                else:
                    out.write(place + line)
            if count == most:
                break
        found = found or count > 0
        if ('l' in options and count) or ('L' in options and not count):
            out.write(shown + '\n')
        elif 'c' in options and 'l' not in options:
            out.write('%s%d\n' % (before, count))
    out.flush()
    return 2 if inputs.status else int(not found)


def below(path):
    """The files in a folder and all below it."""
    if not os.path.isdir(path):
        return [path]
    found = []
    for folder, folders, files in os.walk(path):
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(files)]
    return found


def cut(args):
    options, names = parse(args, 's', 'dfcb')
    kinds = [c for c in 'fcb' if c in options]
    if len(kinds) != 1:
        raise Usage('only one type of list may be specified' if kinds else
                    'you must specify a list of bytes, characters, or fields')
    ranges = []
    for part in options[kinds[0]].split(','):
        match = re.match(r'(\d*)(-?)(\d*)$', part)
        if not match or not part or part == '-':
            raise Usage("invalid %s value '%s'" % ('field' if kinds == ['f'] else 'byte/character',
                                                   part))
        first, dash, last = match.groups()
        if first == '0':
            raise Usage('fields are numbered from 1' if kinds == ['f'] else
                        'byte/character positions are numbered from 1')
        ranges.append((int(first or 1), int(last) if last else None if dash else int(first)))

    def chosen(parts):
        return [part for i, part in enumerate(parts, 1)
                if any(a <= i and (b is None or i <= b) for a, b in ranges)]

    delimiter = options.get('d', '\t')
    if len(delimiter) != 1:
        raise Usage('the delimiter must be a single character')
    inputs, out = Inputs('cut', names), Output()
    for name, f in inputs:
        for line in lines_of(f):
            line = line[:-1]
            if kinds != ['f']:
                out.write(''.join(chosen(line)) + '\n')
            elif delimiter in line:
                out.write(delimiter.join(chosen(line.split(delimiter))) + '\n')
            elif 's' not in options:
                out.write(line + '\n')
    out.flush()
    return inputs.status


def tee(args):
    options, names = parse(args, 'ai')
    status, fds = 0, [1]
    for name in names:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if 'a' in options else os.O_TRUNC)
        try:
            fds.append(os.open(name, flags, 0666))
        except OSError, e:
            write_all(2, 'tee: %s: %s\n' % (name, e.strerror))
            status = 1
    while True:
        part = os.read(0, 65536)
        if not part:
            return status
        for fd in fds:
            write_all(fd, part)


def seq(args):
    if not args:
        raise Usage('missing operand')
    if len(args) > 3:
        raise Usage("extra operand '%s'" % args[3])
    numbers = []
    for text in args:
        try:
            numbers.append(float(text) if '.' in text or 'e' in text else int(text))
        except ValueError:
            raise Usage("invalid floating point argument: '%s'" % text)
    first = numbers[0] if len(numbers) > 1 else 1
    step = numbers[1] if len(numbers) > 2 else 1
    last = numbers[-1]
    if step == 0:
        raise Usage("invalid Zero increment value: '%s'" % args[1])
    places = max(len(text.partition('.')[2]) for text in args[:2] or args)
    out, i = Output(), 0
    while True:
        value = first + i * step
        if value > last if step > 0 else value < last:
            break
        out.write(('%.*f' % (places, value) if places else '%d' % value) + '\n')
        i += 1
    out.flush()
    return 0


def yes(args):
    line = ' '.join(args or ['y']) + '\n'
    block = line * max(1, 8192 // len(line))
    while True:
        write_all(1, block)


# -- files


def mode_text(mode):
    import stat
    kinds = {stat.S_IFDIR: 'd', stat.S_IFLNK: 'l', stat.S_IFCHR: 'c', stat.S_IFBLK: 'b',
             stat.S_IFIFO: 'p', stat.S_IFSOCK: 's'}
    text = kinds.get(stat.S_IFMT(mode), '-')
    for shift, special, letter in ((6, 04000, 's'), (3, 02000, 's'), (0, 01000, 't')):
        bits = mode >> shift
        last = 'x' if bits & 1 else '-'
        if mode & special:
            last = letter if bits & 1 else letter.upper()
        text += ('r' if bits & 4 else '-') + ('w' if bits & 2 else '-') + last
    return text


def name_of(module, function, number):
    """Of a user or a group; the number where it has none, or there is no such database."""
    try:
        return getattr(__import__(module), function)(number)[0]
    except (ImportError, KeyError):
        return str(number)


def ls(args):
    import stat
    import time
    options, names = parse(args, 'aA1lrtSdFnR', '', 2)
    status, shown = 0, Output()

    def problem(what, name, e):
        write_all(2, "ls: cannot %s '%s': %s\n" % (what, name, e.strerror))

    def order(entries):
        entries.sort()
        if 't' in options:
            entries.sort(key=lambda entry: -entry[1].st_mtime)
        elif 'S' in options:
            entries.sort(key=lambda entry: -entry[1].st_size)
        if 'r' in options:
            entries.reverse()
        return entries

    def mark(st):
        if 'F' not in options:
            return ''
        if stat.S_ISREG(st.st_mode):
            return '*' if st.st_mode & 0111 else ''
        return {'d': '/', 'l': '@', 'p': '|', 's': '='}.get(mode_text(st.st_mode)[0], '')

    def row(name, path, st):
        number = 'n' in options
        when = time.localtime(st.st_mtime)
        recent = -15768000 < st.st_mtime - time.time() <= 0
        tail = name
        if stat.S_ISLNK(st.st_mode):
            tail += ' -> ' + os.readlink(path)
        else:
            tail += mark(st)
        return [mode_text(st.st_mode), str(st.st_nlink),
                str(st.st_uid) if number else name_of('pwd', 'getpwuid', st.st_uid),
                str(st.st_gid) if number else name_of('grp', 'getgrgid', st.st_gid),
                str(st.st_size),
                time.strftime('%b %e ', when) + time.strftime('%H:%M' if recent else ' %Y', when), tail]

    def block(entries, folder, total):
        """Entries are (name, what lstat says)."""
        if not ('l' in options or 'n' in options):
            for name, st in entries:
                shown.write(name + mark(st) + '\n')
            return
        if total:
            shown.write('total %d\n' % sum((st.st_blocks + 1) // 2 for name, st in entries))
        rows = [row(name, os.path.join(folder, name), st) for name, st in entries]
        widths = [max([len(r[i]) for r in rows] or [0]) for i in range(6)]
        for r in rows:
            cells = [r[i].ljust(widths[i]) if i in (0, 2, 3) else r[i].rjust(widths[i])
                     for i in range(6)]
            shown.write(' '.join(cells + r[6:]) + '\n')

    files, folders = [], []
    for name in names or ['.']:
        try:
            st = os.lstat(name)
            follows = 'l' not in options and 'F' not in options and 'd' not in options
            if 'd' not in options and os.path.isdir(name) and (follows or not os.path.islink(name)
                                                               or name[-1] == '/'):
                folders.append((name, os.stat(name)))
            else:
                files.append((name, st))
        except OSError, e:
            problem('access', name, e)
            status = 2
    block(order(files), '', False)
    first = not files
    queue = order(folders)
    titled = len(names) > 1 or 'R' in options
    while queue:
        folder, _ = queue.pop(0)
        try:
            inside = [n for n in os.listdir(folder)
                      if n[0] != '.' or 'a' in options or 'A' in options]
        except OSError, e:
            problem('open directory', folder, e)
            status = max(status, 1 if not names else 2)
            continue
        if 'a' in options:
            inside += ['.', '..']
        entries = order([(n, os.lstat(os.path.join(folder, n))) for n in inside])
        if titled:
            shown.write('%s%s:\n' % ('' if first else '\n', folder))
        first = False
        block(entries, folder, True)
        if 'R' in options:
            queue[:0] = [(os.path.join(folder, n), st) for n, st in entries
                         if stat.S_ISDIR(st.st_mode) and n not in ('.', '..')]
    shown.flush()
    return status


def two_names(name, args, flags):
    """cp, mv, ln: (options, [(from, to)])."""
    options, names = parse(args, flags)
    if not names:
        raise Usage('missing file operand')
    if len(names) == 1:
        raise Usage("missing destination file operand after '%s'" % names[0])
    target = names.pop()
    if os.path.isdir(target):
        return options, [(n, os.path.join(target, os.path.basename(n.rstrip('/')))) for n in names]
    if len(names) > 1:
        what = 'Not a directory' if os.path.exists(target) else 'No such file or directory'
        raise Usage("target '%s': %s" % (target, what), 1, False)
    return options, [(names[0], target)]


def each(name, pairs, action):
    status = 0
    for a, b in pairs:
        try:
            problem = action(a, b)
        except (OSError, IOError), e:
            problem = e.strerror
        if problem:
            write_all(2, '%s: %s\n' % (name, problem))
            status = 1
    return status


def cp(args):
    import shutil
    options, pairs = two_names('cp', args, 'rRapfidT')
    deep = any(c in options for c in 'rRa')

    def copy(a, b):
        if not os.path.lexists(a):
            return "cannot stat '%s': No such file or directory" % a
        if os.path.isdir(a):
            if not deep:
                return "-r not specified; omitting directory '%s'" % a
            shutil.copytree(a, b, symlinks=True)
        elif os.path.exists(b) and os.path.samefile(a, b):
            return "'%s' and '%s' are the same file" % (a, b)
        else:
            try:
                shutil.copyfile(a, b)
            except IOError, e:
                return "cannot create regular file '%s': %s" % (b, e.strerror)
            if 'p' in options or 'a' in options:
                shutil.copystat(a, b)
            else:
                mask = os.umask(0)
                os.umask(mask)
                os.chmod(b, os.stat(a).st_mode & 07777 & ~mask)
    return each('cp', pairs, copy)


def mv(args):
    import shutil
    options, pairs = two_names('mv', args, 'fiT')

    def move(a, b):
        if not os.path.lexists(a):
            return "cannot stat '%s': No such file or directory" % a
        try:
            os.rename(a, b)
        except OSError, e:
            if e.errno != errno.EXDEV:
                return "cannot move '%s' to '%s': %s" % (a, b, e.strerror)
            shutil.move(a, b)
    return each('mv', pairs, move)


def ln(args):
    options, names = parse(args, 'sfn')
    if len(names) == 1:
        names.append('.')
    options, pairs = two_names('ln', args if len(names) > 1 and names[-1] != '.' else
                               ['-' + ''.join(options)] * bool(options) + names, 'sfn')

    def link(a, b):
        kind = 'symbolic link' if 's' in options else 'hard link'
        if 'f' in options and os.path.lexists(b):
            os.unlink(b)
        if 's' not in options and not os.path.lexists(a):
            return "failed to access '%s': No such file or directory" % a
        try:
            (os.symlink if 's' in options else os.link)(a, b)
        except OSError, e:
            return "failed to create %s '%s': %s" % (kind, b, e.strerror)
    return each('ln', pairs, link)


def touch(args):
    options, names = parse(args, 'acm')
    if not names:
        raise Usage('missing file operand')

    def one(name, _):
        try:
            if not os.path.exists(name):
                if 'c' in options:
                    return
                os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0666))
            os.utime(name, None)
        except OSError, e:
            return "cannot touch '%s': %s" % (name, e.strerror)
    return each('touch', [(name, None) for name in names], one)


def rmdir(args):
    options, names = parse(args, 'p')
    if not names:
        raise Usage('missing operand')

    def one(name, _):
        try:
            os.rmdir(name)
        except OSError, e:
            return "failed to remove '%s': %s" % (name, e.strerror)
    return each('rmdir', [(name, None) for name in names], one)


def new_mode(mode, text, is_folder):
    """A mode changed as chmod's operand says; None when that means nothing."""
    if re.match('[0-7]{1,4}$', text):
        return int(text, 8)
    mask = os.umask(0)
    os.umask(mask)
    for clause in text.split(','):
        match = re.match('([ugoa]*)([-+=])([rwxXst]*)$', clause)
        if not match:
            return None
        who, operator, what = match.groups()
        bits = 0
        for c in what:
            if c == 'X':
                bits |= 0111 if is_folder or mode & 0111 else 0
            else:
                bits |= {'r': 0444, 'w': 0222, 'x': 0111, 's': 06000, 't': 01000}[c]
        reach = 0
        for c in who or 'a':
            reach |= {'u': 04700, 'g': 02070, 'o': 0007, 'a': 07777}[c]
        change = bits & (reach | 01000)
        if not who:
            change &= ~mask
        if operator == '+':
            mode |= change
        elif operator == '-':
            mode &= ~change
        else:
            mode = mode & ~(reach & 0777) | change
    return mode


def chmod(args):
    # A mode may begin with a dash.
    flags = [a for a in args if re.match('-[Rfv]+$', a)]
    rest = [a for a in args if a not in flags and a != '--']
    if not rest:
        raise Usage('missing operand')
    if len(rest) == 1:
        raise Usage("missing operand after '%s'" % rest[0])
    text, names = rest[0], rest[1:]
    if 'R' in ''.join(flags):
        names = [path for name in names for path in
                 [name] + [os.path.join(top, n) for top, a, b in os.walk(name) for n in a + b]]
    if new_mode(0, text, False) is None:
        raise Usage("invalid mode: '%s'" % text)

    def one(name, _):
        try:
            mode = os.stat(name).st_mode
        except OSError, e:
            return "cannot access '%s': %s" % (name, e.strerror)
        os.chmod(name, new_mode(mode & 07777, text, os.path.isdir(name)))
    return each('chmod', [(name, None) for name in names], one)


# -- names and the rest


def basename(args):
    if not args:
        raise Usage('missing operand')
    name = args[0].rstrip('/').rpartition('/')[2] or args[0][:1]
    if len(args) > 1 and name != args[1] and name.endswith(args[1]) and args[1]:
        name = name[:-len(args[1])]
    write_all(1, name + '\n')
    return 0


def dirname(args):
    if not args:
        raise Usage('missing operand')
    for name in args:
        stripped = name.rstrip('/')
        write_all(1, (stripped.rpartition('/')[0].rstrip('/') or
                      ('/' if name[:1] == '/' else '.')) + '\n')
    return 0


def date(args):
    import time
    options, rest = parse([a for a in args if a[:1] != '+'], 'u')
    formats = [a[1:] for a in args if a[:1] == '+']
    if rest:
        raise Usage("invalid date '%s'" % rest[0], 1, False)
    moment = (time.gmtime if 'u' in options else time.localtime)()
    zone = 'UTC' if 'u' in options else time.tzname[moment.tm_isdst > 0]
    form = formats[0] if formats else '%a %b %e %H:%M:%S ' + zone + ' %Y'
    form = form.replace('%N', '000000000').replace('%s', str(int(time.time())))
    write_all(1, time.strftime(form, moment) + '\n')
    return 0


def uname(args):
    options, rest = parse(args, 'asnrvmo')
    system, node, release, version, machine = os.uname()
    if 'a' in options:
        options = 'snrvmo'
    values = (('s', system), ('n', node), ('r', release), ('v', version), ('m', machine),
              ('o', 'GNU/Linux'))
    write_all(1, ' '.join(text for c, text in values if c in (options or 's')) + '\n')
    return 0


def hostname(args):
    write_all(1, os.uname()[1] + '\n')
    return 0


def whoami(args):
    import pwd
    write_all(1, pwd.getpwuid(os.geteuid()).pw_name + '\n')
    return 0


def which(args):
    status = 0
    for name in args:
        folders = [''] if '/' in name else os.environ.get('PATH', '/usr/bin:/bin').split(':')
        for folder in folders:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                write_all(1, path + '\n')
                break
        else:
            status = 1
    return status


PROGRAMS = dict((f.__name__, f) for f in (
    ls, wc, sort, uniq, head, tail, grep, cut, tee, seq, yes, cp, mv, ln, touch, rmdir, chmod, basename,
    dirname, date, uname, hostname, whoami, which))


def run(name, args):
    """A program's exit status."""
    try:
        return PROGRAMS[name](args)
    except Usage, e:
        hint = "Try '%s --help' for more information.\n" % name if e.hint else ''
        write_all(2, '%s: %s\n%s' % (name, e, hint))
        return e.status
