# SocketServer family
import SocketServer, socket, threading, sys, os, time
class H(SocketServer.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            line = line.strip()
            if line == 'quit': break
            if line == 'boom': raise ValueError('boom')
            self.wfile.write('%s %s\n' % (type(self.server).__name__, line[::-1]))
class U(SocketServer.DatagramRequestHandler):
    def handle(self): self.wfile.write(self.rfile.read().upper())
class TS(SocketServer.ThreadingMixIn, SocketServer.TCPServer): allow_reuse_address = True
class FS(SocketServer.ForkingMixIn, SocketServer.TCPServer): pass
class Err(SocketServer.TCPServer):
    def handle_error(self, request, client_address): print 'error', sys.exc_info()[0].__name__, sys.exc_info()[1]
def talk(addr, *lines):
    s = socket.create_connection(addr); f = s.makefile('rw'); out = []
    for l in lines:
        f.write(l + '\n'); f.flush(); r = f.readline(); out.append(r)
        if not r: break
    f.close(); s.close(); return out
for cls in (SocketServer.TCPServer, TS, FS, Err):
    srv = cls(('127.0.0.1', 0), H); t = threading.Thread(target=srv.serve_forever, kwargs={'poll_interval': 0.01}); t.start()
    print talk(srv.server_address, 'abc', 'def', 'quit')
    if cls is Err: print talk(srv.server_address, 'x', 'boom')
    srv.shutdown(); t.join(); srv.server_close(); print cls.__name__, srv.request_queue_size, t.isAlive()
u = SocketServer.UDPServer(('127.0.0.1', 0), U); t = threading.Thread(target=u.handle_request); t.start()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto('udp data', u.server_address); print s.recv(100); t.join()
us = SocketServer.UnixStreamServer('usock', H); t = threading.Thread(target=us.handle_request); t.start()
s = socket.socket(socket.AF_UNIX); s.connect('usock'); s.sendall('rev\nquit\n'); print s.recv(100); t.join()
tv = SocketServer.TCPServer(('127.0.0.1', 0), H); tv.timeout = 0.05
tv.handle_timeout = lambda: sys.stdout.write('handle_timeout\n'); tv.handle_request()
