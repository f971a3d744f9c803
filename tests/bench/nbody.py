# Floating point and item access: bodies that attract each other, by a leapfrog of small steps.
import sys


class Body(object):
    def __init__(self, mass, place, speed):
        self.mass = mass
        self.place = list(place)
        self.speed = list(speed)


def system():
    return [
        Body(1000.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        Body(1.0, (10.0, 0.0, 1.0), (0.0, 10.0, 0.0)),
        Body(2.0, (0.0, 20.0, 0.0), (-7.0, 0.0, 0.5)),
        Body(0.5, (-30.0, 0.0, -2.0), (0.0, -6.0, 0.0)),
        Body(0.1, (0.0, -40.0, 3.0), (5.0, 0.0, 0.0)),
    ]


def energy(bodies):
    total = 0.0
    for i, a in enumerate(bodies):
        vx, vy, vz = a.speed
        total += 0.5 * a.mass * (vx * vx + vy * vy + vz * vz)
        for b in bodies[i + 1:]:
            d = sum([(p - q) ** 2 for p, q in zip(a.place, b.place)])
            total -= a.mass * b.mass / d ** 0.5
    return total


def step(pairs, bodies, dt):
    for a, b in pairs:
        pa, pb = a.place, b.place
        dx = pa[0] - pb[0]
        dy = pa[1] - pb[1]
        dz = pa[2] - pb[2]
        d2 = dx * dx + dy * dy + dz * dz
        pull = dt / (d2 * d2 ** 0.5)
        ma, mb = a.mass * pull, b.mass * pull
        va, vb = a.speed, b.speed
        va[0] -= dx * mb
        va[1] -= dy * mb
        va[2] -= dz * mb
        vb[0] += dx * ma
        vb[1] += dy * ma
        vb[2] += dz * ma
    for body in bodies:
        place = body.place
        vx, vy, vz = body.speed
        place[0] += dt * vx
        place[1] += dt * vy
        place[2] += dt * vz


def main(steps):
    bodies = system()
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
    before = energy(bodies)
    for _ in xrange(steps):
        step(pairs, bodies, 0.0005)
    after = energy(bodies)
    assert abs((after - before) / before) < 1e-3, (before, after)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 60000)
print 'ok'
