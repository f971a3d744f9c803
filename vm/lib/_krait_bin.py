# SPDX-License-Identifier: MIT
"""The programs of /bin where there is no operating system: those that every shell can rely on.

A program is a function of its shell and its arguments that answers an exit status. The shell (_krait_sh) runs
them in processes that it has forked; as files of their own they run by main(). Messages and exit statuses are
those of coreutils, dash (test, echo) and procps (kill).
"""
import errno
import os
import signal
import sys


class Alone(object):
    """What stands for the shell where there is none."""

    def __init__(self):
        self.variables = dict(os.environ)
        self.exported = set(self.variables)

    def say(self, text):
        write_all(2, text + '\n')


def write_all(fd, text):
    while text:
        text = text[os.write(fd, text):]


def failed(name, what, error):
    write_all(2, '%s: %s: %s\n' % (name, what, error.strerror))
    return 1


def unescape(text):
    """(text, whether it ends here) with echo's escapes replaced."""
    result, at = [], 0
    while at < len(text):
        c = text[at:at + 2]
        at += 1
        if c[0] != '\\' or len(c) == 1:
            result.append(c[0])
        elif c[1] == 'c':
            return ''.join(result), True
        elif c[1] in ESCAPES:
            result.append(ESCAPES[c[1]])
            at += 1
        elif c[1] == '0':
            end = at + 1
            while end < at + 4 and text[end:end + 1] in OCTAL:
                end += 1
            result.append(chr(int(text[at:end], 8) & 255))
            at = end
        else:
            result.append(c[0])
    return ''.join(result), False


ESCAPES = {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}
OCTAL = tuple('01234567')


def echo(shell, args):
    end = '\n'
    if args and args[0] == '-n':
        args, end = args[1:], ''
    text, stop = unescape(' '.join(args))
    write_all(1, text if stop else text + end)
    return 0


def cat(shell, args):
    status = 0
    for name in args or ['-']:
        try:
            fd = 0 if name == '-' else os.open(name, os.O_RDONLY)
            try:
                while True:
                    part = os.read(fd, 65536)
                    if not part:
                        break
                    write_all(1, part)
            finally:
                if fd != 0:
                    os.close(fd)
        except OSError, e:
            if e.errno == errno.EPIPE:
                raise
            status = failed('cat', name, e)
    return status


def pwd(shell, args):
    write_all(1, os.getcwd() + '\n')
    return 0


def sleep(shell, args):
    import time
    try:
        seconds = sum(float(a.rstrip('s')) for a in args)
    except ValueError:
        seconds = -1
    if not args or not 0 <= seconds < 1e9:
        write_all(2, 'sleep: invalid time interval\n' if args else 'sleep: missing operand\n')
        return 1
    time.sleep(seconds)
    return 0


def env(shell, args):
    for name in sorted(shell.exported):
        if name in shell.variables:
            write_all(1, '%s=%s\n' % (name, shell.variables[name]))
    return 0


def compare(shell, args):
    """test: its unary and binary operators, ! and nothing else."""
    if args and args[0] == '!':
        return int(compare(shell, args[1:]) == 0)
    if len(args) == 0:
        return 1
    if len(args) == 1:
        return int(args[0] == '')
    if len(args) == 2:
        unary = {'-n': bool, '-z': lambda text: text == '', '-e': os.path.exists,
                 '-f': os.path.isfile, '-d': os.path.isdir, '-L': os.path.islink,
                 '-h': os.path.islink, '-r': lambda p: os.access(p, os.R_OK),
                 '-w': lambda p: os.access(p, os.W_OK), '-x': lambda p: os.access(p, os.X_OK),
                 '-s': lambda p: os.path.exists(p) and os.path.getsize(p) > 0,
                 '-t': lambda fd: fd.isdigit() and os.isatty(int(fd))}.get(args[0])
        if unary:
            return int(not unary(args[1]))
    if len(args) == 3:
        a, operator, b = args
        if operator in ('=', '!='):
            return int((a == b) != (operator == '='))
        # What cmp() may say when the comparison holds.
        signs = {'-eq': (0,), '-ne': (-1, 1), '-lt': (-1,), '-le': (-1, 0), '-gt': (1,),
                 '-ge': (0, 1)}.get(operator)
        if signs:
            try:
                return int(cmp(long(a), long(b)) not in signs)
            except ValueError:
                shell.say('test: Illegal number: %s' % (b if a.lstrip('-').isdigit() else a))
                return 2
    shell.say('test: %s: unexpected operator' % args[1 if len(args) > 2 else 0])
    return 2


def bracket(shell, args):
    if not args or args[-1] != ']':
        shell.say('[: missing ]')
        return 2
    return compare(shell, args[:-1])


def remove(shell, args):
    import shutil
    options = ''.join(a[1:] for a in args if a[:1] == '-')
    status = 0
    for name in args:
        if name[:1] == '-':
            continue
        try:
            if os.path.isdir(name) and not os.path.islink(name) and ('r' in options or
                                                                    'R' in options):
                shutil.rmtree(name)
            else:
                os.unlink(name)
        except OSError, e:
            if 'f' not in options or e.errno != errno.ENOENT:
                write_all(2, "rm: cannot remove '%s': %s\n" % (name, e.strerror))
                status = 1
    return status


def mkdir(shell, args):
    status = 0
    for name in args:
        if name[:1] == '-':
            continue
        try:
            if '-p' not in args:
                os.mkdir(name)
            elif not os.path.isdir(name):
                os.makedirs(name)
        except OSError, e:
            write_all(2, "mkdir: cannot create directory '%s': %s\n" % (name, e.strerror))
            status = 1
    return status


def signal_number(name):
    """Of a name with or without SIG, or a number; None for no signal."""
    if name.isdigit():
        return int(name) if int(name) < signal.NSIG else None
    number = getattr(signal, 'SIG' + name.upper().replace('SIG', '', 1), None)
    return number if isinstance(number, int) and not name.startswith('_') else None


def kill(shell, args):
    args, number = list(args), signal.SIGTERM
    if args and args[0] == '-l':
        names = dict((n, name[3:]) for name, n in sorted(vars(signal).items(), reverse=True)
                     if name[:3] == 'SIG' and name[3] != '_')
        for n in sorted(names):
            if n > 0:
                write_all(1, names[n] + '\n')
        return 0
    if args and args[0][:1] == '-' and args[0] != '--':
        name = args.pop(0)[1:]
        if name == 's':
            name = args.pop(0) if args else ''
        number = signal_number(name)
        if number is None:
            shell.say('kill: Illegal option -%s' % name[:1])
            return 2
    if args[:1] == ['--']:
        del args[0]
    status = 0
    for pid in args:
        try:
            os.kill(int(pid), number)
        except ValueError:
            shell.say('kill: Illegal number: %s' % pid)
            return 2
        except OSError, e:
            shell.say('kill: %s' % e.strerror)
            status = 1
    return status


CLASSES = {'alpha': str.isalpha, 'digit': str.isdigit, 'alnum': str.isalnum, 'upper': str.isupper,
           'lower': str.islower, 'space': str.isspace,
           'punct': lambda c: '!' <= c <= '~' and not c.isalnum(),
           'blank': lambda c: c in ' \t', 'cntrl': lambda c: c < ' ' or c == '\x7f',
           'print': lambda c: ' ' <= c <= '~', 'graph': lambda c: '!' <= c <= '~',
           'xdigit': lambda c: c in '0123456789abcdefABCDEF'}


def characters(text):
    """The characters that a set of tr's stands for: escapes, ranges and classes."""
    found, at, ranges = [], 0, []
    while at < len(text):
        if text.startswith('[:', at):
            end = text.find(':]', at)
            test = CLASSES.get(text[at + 2:end])
            if end > 0 and test:
                found += [c for c in map(chr, range(256)) if test(c)]
                at = end + 2
                continue
        c = text[at]
        at += 1
        if c == '\\' and at < len(text):
            end = at
            while end < at + 3 and text[end:end + 1] in OCTAL:
                end += 1
            c = chr(int(text[at:end], 8) & 255) if end > at else ESCAPES.get(text[at], text[at])
            at = max(end, at + 1)
        elif c == '-' and found and at < len(text) and not ranges[-1:] == [len(found)]:
            low, high = found[-1], text[at]
            if low > high:
                raise ValueError("range-endpoints of '%s-%s' are in reverse collating sequence order"
                                 % (low, high))
            at += 1
            found += [chr(n) for n in range(ord(low) + 1, ord(high) + 1)]
            ranges.append(len(found))
            continue
        found.append(c)
    return found


def tr(shell, args):
    options = ''
    while args and args[0][:1] == '-' and len(args[0]) > 1:
        options += args[0][1:]
        args = args[1:]
    for c in options:
        if c not in 'cCds':
            write_all(2, "tr: invalid option -- '%s'\n" % c)
            return 1
    needed = 1 if 'd' in options or 's' in options else 2
    if len(args) < needed or len(args) > 2:
        if args:
            wrong = "extra operand '%s'" % args[2] if len(args) > 2 else \
                "missing operand after '%s'" % args[-1]
        else:
            wrong = 'missing operand'
        write_all(2, "tr: %s\nTry 'tr --help' for more information.\n" % wrong)
        return 1
    try:
        sets = map(characters, args)
    except ValueError, e:
        write_all(2, 'tr: %s\n' % e)
        return 1
    first = sets[0]
    if 'c' in options.lower():
        first = [c for c in map(chr, range(256)) if c not in set(first)]
    table, deleted = map(chr, range(256)), ''
    if 'd' in options:
        deleted = ''.join(first)
    elif len(sets) == 2:
        if not sets[1]:
            write_all(2, 'tr: when not truncating set1, string2 must be non-empty\n')
            return 1
        for i, c in enumerate(first):
            table[ord(c)] = sets[1][min(i, len(sets[1]) - 1)]
    squeezed = set(sets[-1] if len(sets) == 2 else first) if 's' in options else ()
    table, last = ''.join(table), None
    while True:
        part = os.read(0, 65536)
        if not part:
            return 0
        part = part.translate(table, deleted)
        if squeezed:
            kept = []
            for c in part:
                if c != last or c not in squeezed:
                    kept.append(c)
                last = c
            part = ''.join(kept)
        write_all(1, part)


def constant(status):
    return lambda shell, args: status


UTILITIES = {'echo': echo, 'cat': cat, 'pwd': pwd, 'sleep': sleep, 'env': env,
             'printenv': env, 'test': compare, '[': bracket, 'rm': remove, 'mkdir': mkdir,
             'kill': kill, 'tr': tr, 'true': constant(0), 'false': constant(1), ':': constant(0)}

# Those of _krait_text, which is loaded when one of them runs.
TEXT = ('basename chmod cp cut date dirname grep head hostname ln ls mv rmdir seq sort tail tee touch uname uniq'
        ' wc which whoami yes').split()


def later(name):
    def start(shell, args):
        import _krait_text
        return _krait_text.run(name, args)
    return start


UTILITIES.update((name, later(name)) for name in TEXT)
# Those that need no process of their own: they print little, and wait for nothing.
QUICK = frozenset(['echo', 'pwd', 'test', '[', 'true', 'false', ':'])


def main(name, args):
    # As any program does that knows nothing of them.
    for number in signal.SIGINT, signal.SIGPIPE:
        signal.signal(number, signal.SIG_DFL)
    name = os.path.basename(name)
    utility = UTILITIES.get(name)
    if utility is None:
        write_all(2, '%s: not found\n' % name)
        return 127
    try:
        return utility(Alone(), args)
    except OSError, e:
        write_all(2, '%s: %s\n' % (name, e.strerror))
        return 1


if __name__ == '__main__':
    # The name that it was called by comes first.
    os._exit(main(sys.argv[1], sys.argv[2:]))
