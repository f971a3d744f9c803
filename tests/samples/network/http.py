# BaseHTTPServer + urllib2/httplib
import BaseHTTPServer, SimpleHTTPServer, CGIHTTPServer, urllib2, urllib, httplib, threading, sys, os, cgi, Cookie, base64, StringIO
class H(BaseHTTPServer.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, f, *a): log.append(f % a)
    def version_string(self): return 'S/1'
    def date_time_string(self, *a): return 'Thu, 01 Jan 1970 00:00:00 GMT'
    def reply(self, code, body, **h):
        self.send_response(code); self.send_header('Content-Length', str(len(body)))
        for k, v in sorted(h.items()): self.send_header(k.replace('_', '-'), v)
        self.end_headers(); 
        if self.command != 'HEAD': self.wfile.write(body)
    def do_GET(self):
        if self.path == '/redir': self.reply(302, '', Location='/target')
        elif self.path == '/err': self.send_error(404)
        elif self.path == '/500': self.send_error(500, 'Custom msg')
        elif self.path == '/auth':
            if self.headers.get('Authorization') == 'Basic ' + base64.b64encode('u:p'): self.reply(200, 'in')
            else: self.reply(401, 'no', WWW_Authenticate='Basic realm="R"')
        elif self.path == '/cookie': self.reply(200, self.headers.get('Cookie', 'none'), Set_Cookie='k=v; path=/')
        else: self.reply(200, 'GET %s %s' % (self.path, self.headers.get('X-Test')), Content_Type='text/plain; charset=x')
    do_HEAD = do_GET
    def do_POST(self):
        d = self.rfile.read(int(self.headers['Content-Length'])); self.reply(201, 'POST %s %r' % (self.headers['content-type'], cgi.parse_qs(d)))
    def do_CHUNK(self):
        self.send_response(200); self.send_header('Transfer-Encoding', 'chunked'); self.end_headers()
        for c in ('ab', 'cde'): self.wfile.write('%x\r\n%s\r\n' % (len(c), c))
        self.wfile.write('0\r\n\r\n')
log = []
import SocketServer
class TS(SocketServer.ThreadingMixIn, BaseHTTPServer.HTTPServer):
    daemon_threads = True
    def handle_error(self, request, address): pass
s = TS(('127.0.0.1', 0), H); t = threading.Thread(target=s.serve_forever, args=(0.01,)); t.daemon = True; t.start()
import SocketServer
base = 'http://127.0.0.1:%d' % s.server_port
os.environ['no_proxy'] = '*'
r = urllib2.urlopen(base + '/a?b=c'); print r.code, r.msg, r.read(), r.info().gettype(), sorted(r.headers.items()), r.geturl() == base + '/a?b=c'
print urllib2.urlopen(base + '/redir').geturl()[len(base):]
for p in ('/err', '/500'):
    try: urllib2.urlopen(base + p)
    except urllib2.HTTPError, e: print e.code, e.msg, e, e.read()[:60].replace('\n', '|'), isinstance(e, urllib2.URLError)
try: urllib2.urlopen('http://127.0.0.1:1/')
except urllib2.URLError, e: print e, e.reason
for u in ('nope://x', 'x', 'http://'):
    try: urllib2.urlopen(u)
    except (urllib2.URLError, ValueError), e: print type(e).__name__, e
print urllib2.urlopen(base + '/p', urllib.urlencode([('a', '1 2'), ('b', '\xe9&')])).read()
pm = urllib2.HTTPPasswordMgrWithDefaultRealm(); pm.add_password(None, base, 'u', 'p')
print urllib2.build_opener(urllib2.HTTPBasicAuthHandler(pm)).open(base + '/auth').read()
import cookielib
cj = cookielib.CookieJar(); o = urllib2.build_opener(urllib2.HTTPCookieProcessor(cj)); o.addheaders = [('X-Test', 'hdr')]
print o.open(base + '/cookie').read(), o.open(base + '/cookie').read(), [(c.name, c.value, c.path) for c in cj], o.open(base + '/x').read()
rq = urllib2.Request(base + '/h', headers={'x-test': 'rq'}); rq.get_method = lambda: 'HEAD'; r = urllib2.urlopen(rq); print repr(r.read()), r.headers['content-length'], rq.get_host().split(':')[0], rq.get_selector(), rq.headers
c = httplib.HTTPConnection('127.0.0.1', s.server_port)
for m, p in (('GET', '/k1'), ('GET', '/k2'), ('CHUNK', '/'), ('NOSUCH', '/')):
    c.request(m, p, headers={'X-Test': m}); r = c.getresponse(); print r.status, r.reason, r.version, r.read()[:50].replace('\n', '|'), r.getheader('connection')
c.close()
c.putrequest('GET', '/raw', skip_host=1); c.putheader('X-Test', 'a', 'b'); c.endheaders(); print c.getresponse().read()
try: c.getresponse()
except httplib.HTTPException, e: print type(e).__name__, repr(str(e))
try: c.putheader('x', 'y')
except httplib.CannotSendHeader, e: print 'CSH', e
print log[0], len(log), log[-3:]
f = urllib.urlopen(base + '/u'); print f.getcode(), f.read(), f.info().maintype; print urllib.urlretrieve(base + '/r', 'saved')[0], open('saved').read()
s.shutdown()
open('index.html', 'w').write('<p>idx'); os.mkdir('sub'); open('sub/f.txt', 'w').write('txt')
class Q(SimpleHTTPServer.SimpleHTTPRequestHandler):
    def log_message(self, *a): pass
s = BaseHTTPServer.HTTPServer(('', 0), Q); t = threading.Thread(target=s.serve_forever, args=(0.01,)); t.start(); base = 'http://127.0.0.1:%d' % s.server_port
for p in ('/', '/sub/f.txt', '/sub/', '/sub', '/nope', '/../x'):
    try: r = urllib2.urlopen(base + p); print p, r.code, r.headers.gettype(), r.read().replace('\n', '|')[:300]
    except urllib2.HTTPError, e: print p, e
s.shutdown(); t.join(); s.server_close()
