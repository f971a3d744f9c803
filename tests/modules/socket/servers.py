# The library's servers and clients, talking to each other in one process.
import BaseHTTPServer, SimpleXMLRPCServer, SocketServer, socket, threading, urllib2, xmlrpclib

def start(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.02})
    thread.start()
    return thread

class Echo(SocketServer.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write('> ' + line)

server = SocketServer.ThreadingTCPServer(('127.0.0.1', 0), Echo)
thread = start(server)
clients = [socket.create_connection(server.server_address) for i in range(3)]
for i, c in enumerate(clients):
    c.sendall('line of %d\nanother\n' % i)
    c.shutdown(socket.SHUT_WR)
for c in clients:
    print c.makefile().read()
server.shutdown()
thread.join()
server.server_close()

class Pages(BaseHTTPServer.BaseHTTPRequestHandler):
    def do_GET(self):
        body = 'you asked for ' + self.path
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(body[::-1])
    def log_message(self, *args):
        pass

server = BaseHTTPServer.HTTPServer(('127.0.0.1', 0), Pages)
thread = start(server)
url = 'http://127.0.0.1:%d' % server.server_port
print urllib2.urlopen(url + '/a/page').read()
answer = urllib2.urlopen(url + '/form', 'some data')
print answer.code, answer.read()
server.shutdown()
thread.join()
server.server_close()

server = SimpleXMLRPCServer.SimpleXMLRPCServer(('127.0.0.1', 0), logRequests=False)
server.register_function(lambda a, b: a + b, 'add')
server.register_function(lambda: 1 / 0, 'fails')
thread = start(server)
proxy = xmlrpclib.ServerProxy('http://127.0.0.1:%d' % server.server_address[1])
print proxy.add(2, 3), proxy.add('a', 'b')
try:
    proxy.fails()
except xmlrpclib.Fault, e:
    print e.faultString
server.shutdown()
thread.join()
server.server_close()
