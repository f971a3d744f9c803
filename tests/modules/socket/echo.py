# Servers that echo: in a thread, and in a forked process; what the ends of a connection see of each other.
import os, socket, threading

def serve(listener):
    conn, address = listener.accept()
    while 1:
        data = conn.recv(100)
        if not data:
            break
        conn.sendall(data.upper())
    conn.close()

def talk(listener):
    client = socket.create_connection(listener.getsockname(), 10)
    for i in range(3):
        client.send('hello %d' % i)
        print client.recv(100)
    client.shutdown(socket.SHUT_WR)
    print repr(client.recv(10))
    client.close()

listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(5)
thread = threading.Thread(target=serve, args=(listener,))
thread.start()
talk(listener)
thread.join()
pid = os.fork()
if pid == 0:
    serve(listener)
    os._exit(0)
talk(listener)
print os.waitpid(pid, 0)[1]

# More than the buffers hold, read by another thread.
left, right = socket.socketpair()
total = []
def count():
    n = 0
    while n < 3000000:
        n += len(right.recv(65536))
    total.append(n)
thread = threading.Thread(target=count)
thread.start()
left.sendall('x' * 3000000)
thread.join()
print total

left, right = socket.socketpair()
left.send('abcdef')
print right.recv(2, socket.MSG_PEEK), right.recv(2), right.recv(4, socket.MSG_WAITALL)
buf = bytearray(5)
left.send('xyz')
print right.recv_into(buf), repr(buf)
left.close()
print repr(right.recv(5))
try:
    right.send('x')
except socket.error, e:
    print e

client = socket.create_connection(listener.getsockname())
conn, address = listener.accept()
print address == client.getsockname(), conn.getsockname() == client.getpeername()
f = conn.makefile('r')
client.sendall('line 1\nline 2\nrest')
client.close()
print f.readlines()
f.close()
conn.close()
port = listener.getsockname()[1]
listener.close()
try:
    socket.create_connection(('127.0.0.1', port))
except socket.error, e:
    print e
