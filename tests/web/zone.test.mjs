// SPDX-License-Identifier: MIT
// Time zones: rules, zone files and the calendar in both directions.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { Zone, daysOf, fieldsOf } from '../../wasm-glue/kernel/zone.js';

const read = (path) => (fs.existsSync(path) ? fs.readFileSync(path) : null);

function zone(name, reader) {
  const made = new Zone(reader);
  made.set(name);
  return made;
}

test('the calendar goes there and back', () => {
  for (const days of [-1000000, -719528, -1, 0, 59, 11016, 11017, 20000, 3000000]) {
    const { year, mon, mday } = fieldsOf(days * 86400);
    assert.equal(daysOf(year, mon, mday), days);
  }
  assert.deepEqual(fieldsOf(951868799), {
    year: 2000,
    mon: 1,
    mday: 29,
    hour: 23,
    min: 59,
    sec: 59,
    wday: 2,
    yday: 59,
  });
  assert.equal(daysOf(2000, 13, 1), daysOf(2001, 1, 1));
});

test('POSIX rules', () => {
  const eastern = zone('EST+05EDT,M4.1.0,M10.5.0');
  const winter = eastern.localtime(1040688000);
  assert.deepEqual([winter.hour, winter.isdst, winter.zone, winter.gmtoff], [19, 0, 'EST', -18000]);
  assert.deepEqual(
    [eastern.localtime(1025000000).isdst, eastern.localtime(1025000000).zone],
    [1, 'EDT'],
  );
  const southern = zone('AEST-10AEDT-11,M10.5.0,M3.5.0');
  assert.equal(southern.localtime(1040688000).zone, 'AEDT');
  assert.equal(southern.localtime(1025000000).gmtoff, 36000);
  assert.equal(zone('UTC+0').localtime(0).hour, 0);
  assert.equal(zone('').localtime(0).zone, 'UTC');
  assert.equal(zone('<+0330>-3:30').localtime(0).gmtoff, 12600);
});

test('mktime is the inverse of localtime', () => {
  const eastern = zone('EST+05EDT,M4.1.0,M10.5.0');
  for (let moment = 1000000000; moment < 1040000000; moment += 123457) {
    assert.equal(eastern.mktime(eastern.localtime(moment)), moment);
  }
  const fields = { year: 2002, mon: 6, mday: 1, hour: 12, min: 0, sec: 0 };
  assert.equal(
    eastern.mktime({ ...fields, isdst: 0 }) - eastern.mktime({ ...fields, isdst: 1 }),
    3600,
  );
});

test(
  'zone files',
  { skip: !fs.existsSync('/usr/share/zoneinfo/Europe/Berlin') && 'no zone files here' },
  () => {
    const berlin = zone('Europe/Berlin', read);
    assert.deepEqual([berlin.localtime(0).zone, berlin.localtime(0).gmtoff], ['CET', 3600]);
    assert.equal(berlin.localtime(1720000000).zone, 'CEST');
    assert.equal(berlin.localtime(4000000000).gmtoff, 7200);
  },
);

test('zones of the browser', () => {
  const berlin = zone('Europe/Berlin');
  assert.equal(berlin.localtime(1720000000).gmtoff, 7200);
  assert.deepEqual([berlin.localtime(1720000000).isdst, berlin.localtime(0).isdst], [1, 0]);
  assert.equal(zone('No/Such').localtime(0).gmtoff, 0);
});
