# asyncore / asynchat / smtpd
import asyncore, asynchat, socket, threading, smtpd, smtplib, sys, time
class Chat(asynchat.async_chat):
    def __init__(self, s):
        asynchat.async_chat.__init__(self, s); self.set_terminator('\n'); self.buf = []
    def collect_incoming_data(self, d): self.buf.append(d)
    def found_terminator(self):
        m = ''.join(self.buf); self.buf = []
        if m.startswith('len '): self.set_terminator(int(m[4:])); return
        self.set_terminator('\n'); self.push('<%s>\n' % m)
        if m == 'bye': self.close_when_done(); s.close()
class Srv(asyncore.dispatcher):
    def __init__(self):
        asyncore.dispatcher.__init__(self); self.create_socket(socket.AF_INET, socket.SOCK_STREAM); self.set_reuse_addr(); self.bind(('127.0.0.1', 0)); self.listen(5)
    def handle_accept(self):
        p = self.accept()
        if p: Chat(p[0])
s = Srv(); port = s.socket.getsockname()[1]; out = []
def client():
    c = socket.create_connection(('127.0.0.1', port)); c.sendall('one\ntwo\nlen 5\nab\ncdbye\n'); d = ''
    while 1:
        x = c.recv(100)
        if not x: break
        d += x
    out.append(d); c.close()
t = threading.Thread(target=client); t.start(); asyncore.loop(0.02); t.join(); print out
class Cl(asyncore.dispatcher):
    def __init__(self, a, data):
        asyncore.dispatcher.__init__(self); self.create_socket(socket.AF_INET, socket.SOCK_STREAM); self.connect(a); self.out = data; self.got = ''
    def handle_connect(self): print 'connected'
    def writable(self): return bool(self.out)
    def handle_write(self): self.out = self.out[self.send(self.out[:7]):]
    def handle_read(self): self.got += self.recv(100)
    def handle_close(self): print 'closed', self.got; self.close()
    def handle_expt(self): print 'expt'; self.close()
    def handle_error(self): print 'error', sys.exc_info()[:2]; self.close()
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(1)
def srv():
    c, a = l.accept(); d = ''
    while len(d) < 20: d += c.recv(3)
    c.sendall(d.upper()); c.close()
t = threading.Thread(target=srv); t.start(); Cl(l.getsockname(), 'abcdefghijklmnopqrst'); asyncore.loop(0.02); t.join()
l.close(); x = Cl(('127.0.0.1', 1), 'q'); asyncore.loop(0.02)
print asyncore.socket_map, repr(x)[:12], x.connected
class S(smtpd.SMTPServer):
    def process_message(self, peer, frm, to, data): msgs.append((frm, to, data)); return None if 'bad' not in to[0] else '550 no'
msgs = []; S2 = S(('127.0.0.1', 0), None); port = S2.socket.getsockname()[1]
t = threading.Thread(target=asyncore.loop, args=(0.02,)); t.start()
c = smtplib.SMTP('127.0.0.1', port, 'me'); print c.ehlo()[0], c.sendmail('a@x', ['b@y', 'c@z'], 'Subject: hi\n\n.dot\nbody\n'), c.noop()[0]
try: c.sendmail('a@x', ['bad'], 'x')
except smtplib.SMTPDataError, e: print e
print c.docmd('NOSUCH'), c.rset(), c.quit()[0]; print msgs; S2.close(); t.join(2)
