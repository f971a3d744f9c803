# optparse argparse getopt help output
import optparse, argparse, getopt, sys, os
os.environ['COLUMNS'] = '80'
p = optparse.OptionParser(usage='%prog [options] arg', version='%prog 1.0', description='A description that is long enough to be wrapped over more than one line of output.', epilog='the end')
p.add_option('-f', '--file', dest='filename', help='write report to FILE [default: %default]', metavar='FILE', default='out')
p.add_option('-q', action='store_false', dest='verbose', default=True, help='quiet'); p.add_option('-n', '--num', type='int', help='a number'); p.add_option('-c', type='choice', choices=['a', 'b']); p.add_option('-v', action='count'); p.add_option('-a', action='append'); p.add_option('--hid', help=optparse.SUPPRESS_HELP)
g = optparse.OptionGroup(p, 'Group', 'group desc'); g.add_option('--gopt', action='store_const', const=5, help='x' * 70); p.add_option_group(g)
print p.format_help(); print p.parse_args(['-f', 'x', '-vvv', '-a1', '-a', '2', '--num=5', '-q', 'pos', '--', '-z'])
for a in (['-n', 'x'], ['-z'], ['-c', 'q'], ['--fi'], ['--nope'], ['-q=1'], ['--version'], ['-h'], ['--num']):
    sys.stderr = sys.stdout
    try: print p.parse_args(a)
    except SystemExit, e: print 'exit', e.code
a = argparse.ArgumentParser(prog='PROG', description='desc', epilog='epi', formatter_class=argparse.ArgumentDefaultsHelpFormatter)
a.add_argument('pos', help='positional', type=int); a.add_argument('rest', nargs='*'); a.add_argument('--foo', '-f', default=3, type=float, help='foo help'); a.add_argument('--flag', action='store_true'); a.add_argument('--ch', choices=['x', 'y']); a.add_argument('--req', required=True, metavar='R'); a.add_argument('--n2', nargs=2); a.add_argument('--opt', nargs='?', const='C'); a.add_argument('--version', action='version', version='%(prog)s 2'); m = a.add_mutually_exclusive_group(); m.add_argument('--m1', action='store_const', const=1); m.add_argument('--m2', action='append')
for v in (['1', '--req', 'r'], ['1', 'a', 'b', '--req=r', '-f2.5', '--flag', '--n2', 'p', 'q', '--opt'], [], ['x', '--req', 'r'], ['1'], ['1', '--req', 'r', '--ch', 'z'], ['1', '--req', 'r', '--m1', '--m2', '5'], ['1', '--req', 'r', '--n2', 'p'], ['1', '--req', 'r', '--bad'], ['--version'], ['-h'], ['1', '--re', 'abbr']):
    try: print a.parse_args(v)
    except SystemExit, e: print 'exit', e.code
s = argparse.ArgumentParser(prog='git'); sp = s.add_subparsers(dest='cmd', help='sub help'); c = sp.add_parser('clone', help='clone it'); c.add_argument('url'); c.set_defaults(func=len); q = sp.add_parser('push'); q.add_argument('-n', action='count')
for v in (['clone', 'u'], ['push', '-nn'], ['x'], [], ['clone'], ['-h'], ['clone', '-h']):
    try: r = s.parse_args(v); print sorted((k, str(x)) for k, x in vars(r).items())
    except SystemExit, e: print 'exit', e.code
print s.parse_known_args(['push', '--what', 'z'])
pp = argparse.ArgumentParser(add_help=False, prefix_chars='+/', fromfile_prefix_chars='@', usage='%(prog)s use'); pp.add_argument('+x', type=argparse.FileType('r')); pp.add_argument('//long'); open('args', 'w').write('//long\nval\n'); print pp.parse_args(['@args']); pp.print_usage()
try: pp.parse_args(['+x', 'nofile'])
except SystemExit, e: print e.code
for o in (('-a -b v --long=x --fl arg -c', 'ab:', ['long=', 'flag']), ('-z', 'a', []), ('-a', 'a:', []), ('--no', '', ['yes']), ('--l', '', ['la', 'lb']), ('--flag=x', '', ['flag'])):
    try: print getopt.getopt(o[0].split(), o[1], o[2]), getopt.gnu_getopt(o[0].split(), o[1], o[2])
    except getopt.GetoptError, e: print e, e.opt, e.msg
