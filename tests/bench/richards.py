# Methods and attributes: a small operating system whose tasks hand packets to one another.
import sys

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
WORK, DEVICE = 0, 1


class Packet(object):
    def __init__(self, link, owner, kind):
        self.link = link
        self.owner = owner
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task(object):
    def __init__(self, kernel, name, priority, queue):
        self.kernel = kernel
        self.name = name
        self.priority = priority
        self.queue = queue
        self.held = False
        self.waiting = queue is None
        kernel.add(self)

    def ready(self):
        return not self.held and (self.queue is not None or not self.waiting)

    def step(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
            packet.link = None
        self.waiting = False
        self.run(packet)

    def receive(self, packet):
        self.queue = packet.append_to(self.queue)


class Idler(Task):
    def __init__(self, kernel, turns):
        Task.__init__(self, kernel, IDLE, 0, None)
        self.waiting = False
        self.turns = turns
        self.control = 1

    def run(self, packet):
        self.turns -= 1
        if self.turns == 0:
            self.held = True
        elif self.control & 1:
            self.control = (self.control >> 1) ^ 0xd008
            self.kernel.release(DEVICE_B)
        else:
            self.control >>= 1
            self.kernel.release(DEVICE_A)


class Worker(Task):
    def __init__(self, kernel, queue):
        Task.__init__(self, kernel, WORKER, 1000, queue)
        self.target = HANDLER_A
        self.letter = 0

    def run(self, packet):
        if packet is None:
            self.waiting = True
            return
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        packet.owner = self.target
        packet.datum = 0
        data = packet.data
        for i in xrange(4):
            self.letter = self.letter % 26 + 1
            data[i] = self.letter
        self.kernel.send(self.target, packet, WORKER)


class Handler(Task):
    def __init__(self, kernel, name, priority, device, queue):
        Task.__init__(self, kernel, name, priority, queue)
        self.device = device
        self.works = None
        self.devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == WORK:
                self.works = packet.append_to(self.works)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.works
        if work is not None:
            if work.datum >= 4:
                self.works = work.link
                self.kernel.send(work.owner_back, work, self.name)
                return
            device = self.devices
            if device is not None:
                self.devices = device.link
                device.datum = work.data[work.datum]
                work.datum += 1
                self.kernel.send(self.device, device, self.name)
                return
        self.waiting = True


class Device(Task):
    def __init__(self, kernel, name, priority):
        Task.__init__(self, kernel, name, priority, None)
        self.pending = None

    def run(self, packet):
        if packet is None:
            packet, self.pending = self.pending, None
            if packet is None:
                self.waiting = True
            else:
                self.kernel.send(packet.owner_back, packet, self.name)
        else:
            self.pending = packet
            self.held = True
            self.kernel.holds += 1


class Kernel(object):
    def __init__(self):
        self.tasks = {}
        self.order = []
        self.sent = 0
        self.holds = 0

    def add(self, task):
        self.tasks[task.name] = task
        self.order.append(task)
        self.order.sort(key=lambda t: -t.priority)

    def send(self, name, packet, sender):
        self.sent += 1
        packet.owner_back = sender
        packet.link = None
        self.tasks[name].receive(packet)

    def release(self, name):
        self.tasks[name].held = False

    def run(self):
        steps = 0
        while True:
            for task in self.order:
                if task.ready():
                    task.step()
                    steps += 1
                    break
            else:
                return steps


def simulate(turns):
    kernel = Kernel()
    Idler(kernel, turns)
    Worker(kernel, Packet(Packet(None, WORKER, WORK), WORKER, WORK))
    for name, priority, device in ((HANDLER_A, 2000, DEVICE_A), (HANDLER_B, 3000, DEVICE_B)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, DEVICE)
        Handler(kernel, name, priority, device, queue)
    Device(kernel, DEVICE_A, 4000)
    Device(kernel, DEVICE_B, 5000)
    return kernel.run(), kernel.sent, kernel.holds


def main(rounds):
    wanted = {1: None}
    for _ in xrange(rounds):
        result = simulate(3000)
        assert wanted.setdefault(0, result) == result
    assert result == EXPECTED, result


EXPECTED = (19097, 6706, 2684)
main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
print 'ok'
