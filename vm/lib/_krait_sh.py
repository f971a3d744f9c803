# SPDX-License-Identifier: MIT
"""The small shell that stands in for /bin/sh where there is no operating system.

What it has of the POSIX shell: words with quotes, $NAME, ${NAME}, $?, $$, $1, $@, $# and $(command);
patterns; lists with ; & && || and newlines; pipelines; ( ) and { }; if, while, until, for; redirections;
assignments; and the commands of _krait_bin. Messages and exit statuses are dash's. Anything else is looked for
along PATH. Invariant: a command runs in a process of its own unless it must change the shell itself, and
the last one in the shell's own.
"""
import errno
import os
import signal
import sys

from _krait_bin import QUICK, UTILITIES, kill, write_all

NOT_FOUND, NOT_EXECUTABLE, SYNTAX = 127, 126, 2
OPERATORS = ('&&', '||', ';;', '>>', '<<', '>&', '<&', ';', '&', '|', '(', ')', '>', '<', '\n')
REDIRECTIONS = ('>', '>>', '<', '>&', '<&')
CLOSERS = frozenset(['then', 'else', 'elif', 'fi', 'do', 'done', '}'])
NAME_START = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_')
NAME = NAME_START | frozenset('0123456789')


class ShellError(Exception):
    """Ends the command (or, for syntax, the shell) with a message and a status."""

    def __init__(self, message, status=SYNTAX):
        Exception.__init__(self, message)
        self.status = status


class Word(object):
    """Parts [(kind, text, quoted)]: 'text', 'var' a name, 'command' a command line."""

    def __init__(self, parts, line):
        self.parts = parts
        self.line = line

    def plain(self):
        """Its text when nothing in it is quoted or expanded, else None."""
        if all(kind == 'text' and not quoted for kind, text, quoted in self.parts):
            return ''.join(text for kind, text, quoted in self.parts)
        return None


# -- text to words


class Lexer(object):
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.line = 1
        self.pending = None

    def peek(self):
        if self.pending is None:
            self.pending = self.next()
        return self.pending

    def take(self):
        token = self.peek()
        self.pending = None
        return token

    def next(self):
        """('op', text), ('io', number) before a redirection, Word, or None at the end."""
        text = self.text
        while self.at < len(text):
            if text[self.at] in ' \t':
                self.at += 1
            elif text.startswith('\\\n', self.at):
                self.at += 2
                self.line += 1
            elif text[self.at] == '#':
                while self.at < len(text) and text[self.at] != '\n':
                    self.at += 1
            else:
                break
        if self.at >= len(text):
            return None
        for operator in OPERATORS:
            if text.startswith(operator, self.at):
                self.at += len(operator)
                self.line += operator == '\n'
                return 'op', operator
        start = self.at
        while self.at < len(text) and text[self.at].isdigit():
            self.at += 1
        if start < self.at < len(text) and text[self.at] in '<>':
            return 'io', int(text[start:self.at])
        self.at = start
        return self.word()

    def word(self):
        text, parts, line = self.text, [], self.line
        plain = []

        def flush():
            if plain:
                parts.append(('text', ''.join(plain), False))
                del plain[:]

        while self.at < len(text):
            c = text[self.at]
            if c in ' \t' or c in '\n;&|()<>':
                break
            self.at += 1
            if c == '\\':
                if self.at < len(text):
                    flush()
                    if text[self.at] != '\n':
                        parts.append(('text', text[self.at], True))
                    else:
                        self.line += 1
                    self.at += 1
            elif c == "'":
                end = text.find("'", self.at)
                if end < 0:
                    raise ShellError('Syntax error: Unterminated quoted string')
                flush()
                parts.append(('text', text[self.at:end], True))
                self.line += text.count('\n', self.at, end)
                self.at = end + 1
            elif c == '"':
                flush()
                self.double_quoted(parts)
            elif c in '$`':
                flush()
                self.expansion(c, parts, False)
            else:
                plain.append(c)
        flush()
        return Word(parts, line)

    def double_quoted(self, parts):
        text, plain, before = self.text, [], len(parts)
        while True:
            if self.at >= len(text):
                raise ShellError('Syntax error: Unterminated quoted string')
            c = text[self.at]
            self.at += 1
            if c == '"':
                break
            if c == '\\' and text[self.at:self.at + 1] in tuple('$`"\\\n'):
                if text[self.at] != '\n':
                    plain.append(text[self.at])
                self.at += 1
            elif c in '$`':
                if plain:
                    parts.append(('text', ''.join(plain), True))
                plain = []
                self.expansion(c, parts, True)
            else:
                self.line += c == '\n'
                plain.append(c)
        if plain or len(parts) == before:
            parts.append(('text', ''.join(plain), True))

    def expansion(self, c, parts, quoted):
        text = self.text
        rest = text[self.at:self.at + 1]
        if c == '`':
            end = self.at
            while end < len(text) and text[end] != '`':
                end += 2 if text[end] == '\\' else 1
            if end >= len(text):
                raise ShellError('Syntax error: EOF in backquote substitution')
            command = text[self.at:end].replace('\\`', '`').replace('\\$', '$')
            parts.append(('command', command.replace('\\\\', '\\'), quoted))
            self.at = end + 1
        elif rest == '(':
            # The command's own words say where it ends.
            inner = Lexer(text)
            inner.at, inner.line = self.at + 1, self.line
            depth = 1
            while depth > 0:
                token = inner.next()
                if token is None:
                    raise ShellError('Syntax error: end of file unexpected (expecting ")")')
                if token == ('op', '('):
                    depth += 1
                elif token == ('op', ')'):
                    depth -= 1
            parts.append(('command', text[self.at + 1:inner.at - 1], quoted))
            self.at, self.line = inner.at, inner.line
        elif rest == '{':
            end = text.find('}', self.at)
            name = text[self.at + 1:end]
            if end < 0 or not (name in ('?', '$', '#', '@', '*') or (name and set(name) <= NAME)):
                raise ShellError('Bad substitution')
            parts.append(('var', name, quoted))
            self.at = end + 1
        elif rest in NAME_START:
            end = self.at
            while end < len(text) and text[end] in NAME:
                end += 1
            parts.append(('var', text[self.at:end], quoted))
            self.at = end
        elif rest and (rest in '?$#@*' or rest.isdigit()):
            parts.append(('var', rest, quoted))
            self.at += 1
        else:
            parts.append(('text', '$', quoted))


# -- words to commands: tuples ('simple', assignments, words, redirections, line), ('and' | 'or' | 'then',
# left, right), ('not', command), ('pipe', commands), ('background', command), ('subshell' | 'group',
# command, redirections), ('if', condition, then, otherwise, redirections), ('loop', condition, wanted,
# body, redirections), ('for', name, words, body, redirections), or None for nothing


class Parser(object):
    def __init__(self, text):
        self.lexer = Lexer(text)

    def unexpected(self, expected=None):
        token = self.lexer.peek()
        if token is None:
            what = 'end of file'
        elif isinstance(token, Word):
            text = token.plain()
            what = 'word' if text not in CLOSERS else '"%s"' % text
        else:
            what = 'newline' if token[1] == '\n' else '"%s"' % token[1]
        text = 'Syntax error: %s unexpected' % what
        raise ShellError(text + (' (expecting "%s")' % expected if expected else ''))

    def whole(self):
        command = self.sequence()
        if self.lexer.peek() is not None:
            self.unexpected()
        return command

    def operator(self, *which):
        token = self.lexer.peek()
        return isinstance(token, tuple) and token[0] == 'op' and token[1] in which

    def keyword(self, *which):
        token = self.lexer.peek()
        return isinstance(token, Word) and token.plain() in which

    def newlines(self):
        while self.operator('\n'):
            self.lexer.take()

    def expect(self, word):
        if not self.keyword(word):
            self.unexpected(word)
        self.lexer.take()

    def sequence(self, needed=False):
        result = None
        self.newlines()
        while self.lexer.peek() is not None and not self.operator(')', ';;') and \
                not self.keyword(*CLOSERS):
            command = self.and_or()
            if self.operator('&'):
                command = 'background', command
            result = command if result is None else ('then', result, command)
            if not self.operator(';', '&', '\n'):
                break
            self.lexer.take()
            self.newlines()
        if needed and result is None:
            self.unexpected()
        return result

    def and_or(self):
        left = self.pipeline()
        while self.operator('&&', '||'):
            kind = 'and' if self.lexer.take()[1] == '&&' else 'or'
            self.newlines()
            left = kind, left, self.pipeline()
        return left

    def pipeline(self):
        negated = self.keyword('!')
        if negated:
            self.lexer.take()
        commands = [self.command()]
        while self.operator('|'):
            self.lexer.take()
            self.newlines()
            commands.append(self.command())
        command = commands[0] if len(commands) == 1 else ('pipe', commands)
        return ('not', command) if negated else command

    def command(self):
        if self.operator('('):
            self.lexer.take()
            body = self.sequence(True)
            if not self.operator(')'):
                self.unexpected(')')
            self.lexer.take()
            return 'subshell', body, self.redirections()
        if self.keyword('{'):
            self.lexer.take()
            body = self.sequence(True)
            self.expect('}')
            return 'group', body, self.redirections()
        if self.keyword('if'):
            self.lexer.take()
            return self.conditional()
        if self.keyword('while', 'until'):
            wanted = self.lexer.take().plain() == 'while'
            condition = self.sequence(True)
            return 'loop', condition, wanted, self.body(), self.redirections()
        if self.keyword('for'):
            return self.iteration()
        if self.keyword(*CLOSERS):
            self.unexpected()
        return self.simple()

    def body(self):
        self.expect('do')
        body = self.sequence(True)
        self.expect('done')
        return body

    def conditional(self):
        condition = self.sequence(True)
        self.expect('then')
        then, otherwise = self.sequence(True), None
        if self.keyword('elif'):
            self.lexer.take()
            return 'if', condition, then, self.conditional(), []
        if self.keyword('else'):
            self.lexer.take()
            otherwise = self.sequence(True)
        self.expect('fi')
        return 'if', condition, then, otherwise, self.redirections()

    def iteration(self):
        self.lexer.take()
        name = self.lexer.take()
        text = name.plain() if isinstance(name, Word) else None
        if not is_name(text):
            raise ShellError('Syntax error: Bad for loop variable')
        words = None
        self.newlines()
        if self.keyword('in'):
            self.lexer.take()
            words = []
            while isinstance(self.lexer.peek(), Word):
                words.append(self.lexer.take())
        if self.operator(';'):
            self.lexer.take()
        self.newlines()
        return 'for', text, words, self.body(), self.redirections()

    def redirections(self):
        found = []
        while True:
            token = self.lexer.peek()
            fd = None
            if isinstance(token, tuple) and token[0] == 'io':
                fd = self.lexer.take()[1]
            elif not self.operator(*REDIRECTIONS):
                return found
            if not self.operator(*REDIRECTIONS):
                self.unexpected()
            kind = self.lexer.take()[1]
            if not isinstance(self.lexer.peek(), Word):
                self.unexpected()
            if fd is None:
                fd = 0 if kind[0] == '<' else 1
            found.append((fd, kind, self.lexer.take()))

    def simple(self):
        assignments, words, redirections = [], [], []
        line = self.lexer.line
        while True:
            found = self.redirections()
            redirections += found
            token = self.lexer.peek()
            if not isinstance(token, Word):
                break
            self.lexer.take()
            kind, text, quoted = token.parts[0] if token.parts else ('', '', True)
            name = text.partition('=')[0] if kind == 'text' and not quoted and '=' in text else ''
            if not words and is_name(name):
                rest = [('text', text[len(name) + 1:], False)] + token.parts[1:]
                assignments.append((name, Word(rest, token.line)))
            else:
                words.append(token)
        if not (assignments or words or redirections):
            self.unexpected()
        return 'simple', assignments, words, redirections, words[0].line if words else line


def is_name(text):
    return bool(text) and text[0] in NAME_START and set(text) <= NAME


# -- running


def close(fd):
    try:
        os.close(fd)
    except OSError:
        pass


class Exit(Exception):
    def __init__(self, status):
        Exception.__init__(self)
        self.status = status


class Shell(object):
    def __init__(self, name, args):
        self.name = name
        self.args = args
        self.variables = dict(os.environ)
        self.exported = set(self.variables)
        self.status = 0
        self.substituted = 0  # of the last $(command)
        self.line = 1

    def say(self, text):
        write_all(2, '%s: %d: %s\n' % (self.name, self.line, text))

    # -- expansion

    def value(self, name):
        if name == '?':
            return str(self.status)
        if name == '$':
            return str(os.getpid())
        if name == '#':
            return str(len(self.args))
        if name in '@*':
            return ' '.join(self.args)
        if name.isdigit():
            number = int(name)
            if number == 0:
                return self.name
            return self.args[number - 1] if number <= len(self.args) else ''
        return self.variables.get(name, '')

    def output(self, text):
        """What a command line prints, without the newlines at its end."""
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            os.dup2(writer, 1)
            if writer != 1:
                os.close(writer)
            self.end(lambda: self.run_text(text))
        os.close(writer)
        parts = []
        while True:
            part = os.read(reader, 65536)
            if not part:
                break
            parts.append(part)
        os.close(reader)
        self.substituted = self.wait(pid)
        return ''.join(parts).rstrip('\n')

    def fields(self, words):
        result = []
        for word in words:
            result += self.field(word)
        return result

    def field(self, word):
        """A word's fields. Each is gathered as [(text, quoted)], so that patterns are known from text."""
        fields, current = [], None
        for i, (kind, text, quoted) in enumerate(word.parts):
            if kind == 'text':
                if i == 0 and not quoted and text.startswith('~'):
                    name, slash, rest = text.partition('/')
                    if name == '~' and 'HOME' in self.variables:
                        text = self.variables['HOME'] + slash + rest
                current = (current or []) + [(text, quoted)]
                continue
            if kind == 'var' and text == '@' and quoted:
                for j, argument in enumerate(self.args):
                    if j > 0:
                        fields.append(current)
                        current = None
                    current = (current or []) + [(argument, True)]
                continue
            value = self.value(text) if kind == 'var' else self.output(text)
            if quoted:
                current = (current or []) + [(value, True)]
                continue
            parts = value.split()
            if value[:1].isspace() and current is not None:
                fields.append(current)
                current = None
            for j, part in enumerate(parts):
                if j > 0:
                    fields.append(current)
                    current = None
                current = (current or []) + [(part, False)]
            if parts and value[-1:].isspace():
                fields.append(current)
                current = None
        if current is not None:
            fields.append(current)
        result = []
        for field in fields:
            result += self.names(field)
        return result

    def names(self, field):
        """The files that a field with a pattern in it matches, else its text."""
        text = ''.join(part for part, quoted in field)
        if not any(c in part for part, quoted in field if not quoted for c in '*?['):
            return [text]
        import glob
        pattern = ''.join(
            ''.join('[%s]' % c if c in '*?[' else c for c in part) if quoted else part
            for part, quoted in field)
        return sorted(glob.glob(pattern)) or [text]

    def text_of(self, word):
        """A word's text, not split into fields."""
        return ''.join(
            text if kind == 'text' else self.value(text) if kind == 'var' else self.output(text)
            for kind, text, quoted in word.parts)

    # -- redirections

    def redirect(self, redirections, saved=None):
        """Makes them; with a list `saved`, notes there what descriptors were."""
        for fd, kind, word in redirections:
            target = self.text_of(word)
            if saved is not None:
                try:
                    saved.append((fd, os.dup(fd)))
                except OSError:
                    saved.append((fd, None))
            if kind in ('>&', '<&'):
                if target == '-':
                    close(fd)
                    continue
                if not target.isdigit():
                    raise ShellError('Syntax error: Bad fd number')
                try:
                    os.dup2(int(target), fd)
                except OSError:
                    raise ShellError('%s: Bad file descriptor' % target)
                continue
            flags = os.O_RDONLY if kind == '<' else os.O_WRONLY | os.O_CREAT | \
                (os.O_APPEND if kind == '>>' else os.O_TRUNC)
            try:
                opened = os.open(target, flags, 0666)
            except OSError, e:
                reason = 'No such file' if kind == '<' and e.errno == errno.ENOENT else \
                    'Directory nonexistent' if e.errno == errno.ENOENT else e.strerror
                verb = 'open' if kind == '<' else 'create'
                raise ShellError('cannot %s %s: %s' % (verb, target, reason))
            if opened != fd:
                os.dup2(opened, fd)
                os.close(opened)

    def restore(self, saved):
        for fd, copy in reversed(saved):
            if copy is None:
                close(fd)
            else:
                os.dup2(copy, fd)
                os.close(copy)

    # -- commands

    def run_text(self, text, last=True):
        try:
            command = Parser(text).whole()
        except ShellError, e:
            self.say(e)
            return e.status
        return self.run(command, last) if command is not None else 0

    def end(self, action):
        """Runs what this process is for, and ends it."""
        status = 1
        try:
            status = action()
        except Exit, e:
            status = e.status
        except (OSError, IOError), e:
            status = 141 if e.errno == errno.EPIPE else 2
            if e.errno != errno.EPIPE:
                self.say(e.strerror)
        except ShellError, e:
            self.say(e)
            status = e.status
        except Exception, e:
            self.say('%s: %s' % (type(e).__name__, e))
        finally:
            os._exit(status & 255)

    def start(self, command):
        """Runs a command in a process of its own: its pid."""
        pid = os.fork()
        if pid == 0:
            self.end(lambda: self.run(command, True))
        return pid

    def wait(self, pid):
        status = os.waitpid(pid, 0)[1]
        if os.WIFSIGNALED(status):
            return 128 + os.WTERMSIG(status)
        return os.WEXITSTATUS(status)

    def run(self, command, last=False):
        """A command's status. `last`: this process has nothing else to do."""
        self.status = getattr(self, 'run_' + command[0])(command, last)
        return self.status

    def run_then(self, command, last):
        self.run(command[1])
        return self.run(command[2], last)

    def run_and(self, command, last):
        status = self.run(command[1])
        return self.run(command[2], last) if status == 0 else status

    def run_or(self, command, last):
        status = self.run(command[1])
        return self.run(command[2], last) if status != 0 else status

    def run_not(self, command, last):
        return int(self.run(command[1]) == 0)

    def run_background(self, command, last):
        pid = os.fork()
        if pid == 0:
            null = os.open('/dev/null', os.O_RDONLY)
            os.dup2(null, 0)
            if null != 0:
                os.close(null)
            self.end(lambda: self.run(command[1], True))
        return 0

    def run_pipe(self, command, last):
        commands, pids, before = command[1], [], None
        for i, part in enumerate(commands):
            ends = os.pipe() if i < len(commands) - 1 else None
            pid = os.fork()
            if pid == 0:
                if before is not None:
                    os.dup2(before, 0)
                    os.close(before)
                if ends:
                    os.close(ends[0])
                    os.dup2(ends[1], 1)
                    os.close(ends[1])
                self.end(lambda: self.run(part, True))
            pids.append(pid)
            if before is not None:
                os.close(before)
            if ends:
                os.close(ends[1])
                before = ends[0]
        return [self.wait(pid) for pid in pids][-1]

    def redirected(self, redirections, action):
        saved = []
        try:
            try:
                self.redirect(redirections, saved)
            except ShellError, e:
                self.say(e)
                return e.status
            return action()
        finally:
            self.restore(saved)

    def run_subshell(self, command, last):
        body = 'group', command[1], command[2]
        return self.run(body, True) if last else self.wait(self.start(body))

    def run_group(self, command, last):
        return self.redirected(command[2], lambda: self.run(command[1], last and not command[2]))

    def run_if(self, command, last):
        def action():
            if self.run(command[1]) == 0:
                return self.run(command[2])
            return self.run(command[3]) if command[3] else 0
        return self.redirected(command[4], action)

    def run_loop(self, command, last):
        def action():
            status = 0
            while (self.run(command[1]) == 0) == command[2]:
                status = self.run(command[3])
            return status
        return self.redirected(command[4], action)

    def run_for(self, command, last):
        def action():
            status = 0
            values = self.args if command[2] is None else self.fields(command[2])
            for value in list(values):
                self.variables[command[1]] = value
                status = self.run(command[3])
            return status
        return self.redirected(command[4], action)

    def run_simple(self, command, last):
        kind, assignments, words, redirections, self.line = command
        try:
            fields = self.fields(words)
            values = [(name, self.text_of(word)) for name, word in assignments]
        except ShellError, e:
            self.say(e)
            return e.status
        if not fields:
            self.variables.update(values)
            status = self.substituted if any(k == 'command' for n, w in assignments
                                        for k, t, q in w.parts) else 0
            return self.redirected(redirections, lambda: status)
        name = fields[0]
        special = getattr(self, 'do_' + name, None) if name.isalpha() else None
        utility = UTILITIES.get(name)
        if special or (utility and not last and name in QUICK):
            kept = self.variables.copy()
            self.variables.update(values)
            try:
                run = special or (lambda args: utility(self, args))
                if special == self.do_exec:
                    return self.do_exec(fields[1:], redirections)
                return self.redirected(redirections, lambda: run(fields[1:]))
            finally:
                if values and special not in (self.do_export, self.do_cd):
                    self.variables = kept
        if not last:
            pid = os.fork()
            if pid:
                return self.wait(pid)
        self.variables.update(values)
        self.exported.update(n for n, v in values)
        self.end(lambda: self.become(fields, redirections))

    def become(self, fields, redirections):
        """Makes this process the command; comes back with a status when it is one of our own, or fails."""
        try:
            self.redirect(redirections)
        except ShellError, e:
            self.say(e)
            return e.status
        utility = UTILITIES.get(fields[0])
        if utility:
            return utility(self, fields[1:])
        environment = dict((n, v) for n, v in self.variables.iteritems() if n in self.exported)
        status = NOT_FOUND
        if '/' in fields[0]:
            paths = [fields[0]]
        else:
            paths = [(folder or '.') + '/' + fields[0]
                     for folder in self.variables.get('PATH', '/usr/bin:/bin').split(':')]
        for path in paths:
            try:
                os.execve(path, fields, environment)
            except OSError, e:
                if e.errno == errno.ENOEXEC:
                    self.name, self.args = path, fields[1:]
                    with open(path) as script:
                        return self.run_text(script.read())
                if e.errno not in (errno.ENOENT, errno.ENOTDIR):
                    status = NOT_EXECUTABLE
        self.say('%s: %s' % (fields[0], 'not found' if status == NOT_FOUND else 'Permission denied'))
        return status

    # -- commands that change the shell

    def do_exit(self, args):
        if args and not args[0].isdigit():
            self.say('exit: Illegal number: %s' % args[0])
            raise Exit(SYNTAX)
        raise Exit(int(args[0]) if args else self.status)

    def do_cd(self, args):
        target = args[0] if args else self.variables.get('HOME', '/')
        try:
            os.chdir(target)
        except OSError:
            self.say("cd: can't cd to %s" % target)
            return SYNTAX
        self.variables['OLDPWD'] = self.variables.get('PWD', '')
        self.variables['PWD'] = os.getcwd()
        return 0

    def do_export(self, args):
        for argument in args:
            name, equals, value = argument.partition('=')
            if not is_name(name):
                self.say('export: %s: bad variable name' % argument)
                return SYNTAX
            if equals:
                self.variables[name] = value
            self.exported.add(name)
        return 0

    def do_unset(self, args):
        for name in args:
            self.variables.pop(name, None)
            self.exported.discard(name)
        return 0

    def do_shift(self, args):
        count = int(args[0]) if args else 1
        if count > len(self.args):
            self.say("shift: can't shift that many")
            return SYNTAX
        del self.args[:count]
        return 0

    def do_kill(self, args):
        return kill(self, args)

    def do_wait(self, args):
        try:
            while True:
                os.wait()
        except OSError:
            return 0

    def do_exec(self, args, redirections):
        if args:
            self.end(lambda: self.become(args, redirections))
        try:
            self.redirect(redirections)
        except ShellError, e:
            self.say(e)
            raise Exit(e.status)
        return 0


def main(name, args):
    # A shell ends by these as any program does that knows nothing of them.
    for number in signal.SIGINT, signal.SIGPIPE:
        signal.signal(number, signal.SIG_DFL)
    if args[:1] == ['-c']:
        if len(args) < 2:
            write_all(2, 'sh: 0: -c requires an argument\n')
            return SYNTAX
        shell = Shell(args[2] if len(args) > 2 else name, args[3:])
        shell.end(lambda: shell.run_text(args[1]))
    if args:
        shell = Shell(args[0], args[1:])
        try:
            with open(args[0]) as script:
                text = script.read()
        except IOError, e:
            write_all(2, "sh: 0: cannot open %s: %s\n" % (args[0], e.strerror))
            return SYNTAX if e.errno != errno.ENOENT else NOT_FOUND
        shell.end(lambda: shell.run_text(text))
    shell = Shell(name, [])
    shell.end(lambda: shell.run_text(sys.stdin.read()))


if __name__ == '__main__':
    # The name that it was called by comes first.
    sys.exit(main(sys.argv[1], sys.argv[2:]))
