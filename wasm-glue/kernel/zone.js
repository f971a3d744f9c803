// SPDX-License-Identifier: MIT
// Local time: a time zone as a function from a moment to an offset, and the calendar in both directions.
// Zones come from compiled zone files where the host has them, from POSIX TZ rules ("EST+05EDT,M4.1.0,
// M10.5.0"), or from the browser. Moments are seconds since 1970 UTC; offsets are seconds east.

const DAY = 86400;

/** Days since 1970-01-01 of a proleptic Gregorian date; `month` 0-11 and `day` may lie outside. */
export function daysOf(year, month, day) {
  const y0 = year + Math.floor(month / 12);
  const m = ((month % 12) + 12) % 12;
  // Years that begin in March put the leap day last.
  const y = m < 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5);
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468 + (day - 1);
}

/** The calendar fields of a moment that has been shifted to local time already. */
export function fieldsOf(seconds) {
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const mday = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const mon = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
  const year = yearOfEra + era * 400 + (mon < 2 ? 1 : 0);
  return {
    year,
    mon,
    mday,
    hour: Math.floor(rest / 3600),
    min: Math.floor(rest / 60) % 60,
    sec: rest % 60,
    wday: (((days + 4) % 7) + 7) % 7,
    yday: days - daysOf(year, 0, 1),
  };
}

// ---- the kinds of zones; each has lookup(moment) -> {offset, isdst, name} ----

const UTC = { lookup: () => ({ offset: 0, isdst: 0, name: 'UTC' }) };

/** Reads "EST+05EDT,M4.1.0,M10.5.0/3" with a cursor; null when it is no such rule. */
function parseRule(text) {
  let at = 0;
  const take = (pattern) => {
    const match = pattern.exec(text.slice(at));
    if (match) at += match[0].length;
    return match;
  };
  const name = () => {
    const match = take(/^(?:<([A-Za-z0-9+-]{3,})>|([A-Za-z]{3,}))/);
    return match && (match[1] ?? match[2]);
  };
  const clock = () => {
    const match = take(/^([+-]?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2}))?)?/);
    if (!match) return null;
    const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
    return match[1] === '-' ? -seconds : seconds;
  };
  const date = () => {
    if (!take(/^,/)) return null;
    const month = take(/^M(\d{1,2})\.(\d)\.(\d)/);
    const julian = month ? null : take(/^(J?)(\d{1,3})/);
    if (!month && !julian) return null;
    const time = take(/^\//) ? clock() : 7200;
    if (time === null) return null;
    if (julian) return { day: Number(julian[2]), leapless: julian[1] === 'J', time };
    return { month: Number(month[1]) - 1, week: Number(month[2]), weekday: Number(month[3]), time };
  };

  const standardName = name();
  if (!standardName) return null;
  const west = clock();
  if (west === null) return null;
  const standard = { offset: -west, isdst: 0, name: standardName };
  if (at === text.length) return { standard };
  const summerName = name();
  if (!summerName) return null;
  const summerWest = /^[+\-\d]/.test(text.slice(at)) ? clock() : west - 3600;
  const summer = { offset: -summerWest, isdst: 1, name: summerName };
  if (at === text.length) text += ',M3.2.0,M11.1.0';
  const start = date();
  const end = date();
  if (!start || !end || at !== text.length) return null;
  return { standard, summer, start, end };
}

/** The moment, in seconds since the epoch of the local clock, of a rule's date in a year. */
function ruleMoment(year, date) {
  if (date.day !== undefined) {
    const first = daysOf(year, 0, 1);
    const leap = daysOf(year + 1, 0, 1) - first === 366;
    let day = date.leapless ? date.day - 1 : date.day;
    if (date.leapless && leap && date.day >= 60) day++;
    return (first + day) * DAY + date.time;
  }
  const first = daysOf(year, date.month, 1);
  const firstWeekday = (((first + 4) % 7) + 7) % 7;
  let day = first + ((date.weekday - firstWeekday + 7) % 7) + (date.week - 1) * 7;
  if (day >= daysOf(year, date.month + 1, 1)) day -= 7;
  return day * DAY + date.time;
}

function ruleZone(rule) {
  const { standard, summer, start, end } = rule;
  if (!summer) return { lookup: () => standard };
  return {
    lookup(moment) {
      const { year } = fieldsOf(moment + standard.offset);
      const from = ruleMoment(year, start) - standard.offset;
      const to = ruleMoment(year, end) - summer.offset;
      const inside = from < to ? moment >= from && moment < to : moment >= from || moment < to;
      return inside ? summer : standard;
    },
  };
}

/** A compiled zone file (RFC 8536, version 2 or later). */
function fileZone(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = (at) => [0, 1, 2, 3, 4, 5].map((i) => view.getUint32(at + 20 + 4 * i));
  if (view.getUint32(0) !== 0x545a6966 || bytes[4] < 0x32) return null;
  const [ut1, std1, leap1, time1, type1, char1] = counts(0);
  const second = 44 + time1 * 5 + type1 * 6 + char1 + leap1 * 8 + std1 + ut1;
  const [ut, std, leap, timeCount, typeCount, charCount] = counts(second);
  const times = second + 44;
  const kinds = times + timeCount * 8;
  const types = kinds + timeCount;
  const names = types + typeCount * 6;
  const tail = names + charCount + leap * 12 + std + ut;
  const infos = [];
  for (let i = 0; i < typeCount; i++) {
    const at = types + i * 6;
    let name = '';
    for (let j = names + bytes[at + 5]; bytes[j]; j++) name += String.fromCharCode(bytes[j]);
    infos.push({ offset: view.getInt32(at), isdst: bytes[at + 4], name });
  }
  const transitions = [];
  for (let i = 0; i < timeCount; i++) {
    transitions.push([Number(view.getBigInt64(times + i * 8)), infos[bytes[kinds + i]]]);
  }
  const footer = new TextDecoder().decode(bytes.slice(tail)).trim();
  const rule = footer ? parseRule(footer) : null;
  const after = rule ? ruleZone(rule) : null;
  const before = infos.find((info) => !info.isdst) ?? infos[0];
  return {
    lookup(moment) {
      let low = 0;
      let high = transitions.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (transitions[middle][0] <= moment) low = middle + 1;
        else high = middle;
      }
      if (low === transitions.length && after) return after.lookup(moment);
      return low === 0 ? before : transitions[low - 1][1];
    },
  };
}

/** The zone of the JavaScript host: named, or its own when `timeZone` is undefined. */
function browserZone(timeZone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    timeZoneName: 'short',
    era: 'short',
  });
  const read = (moment) => {
    const parts = {};
    for (const { type, value } of format.formatToParts(new Date(moment * 1000)))
      parts[type] = value;
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const local =
      daysOf(year, Number(parts.month) - 1, Number(parts.day)) * DAY +
      Number(parts.hour) * 3600 +
      Number(parts.minute) * 60 +
      Number(parts.second);
    return { offset: local - moment, name: parts.timeZoneName };
  };
  const standardOffset = (year) => {
    const winter = read(daysOf(year, 0, 1) * DAY).offset;
    const summer = read(daysOf(year, 6, 1) * DAY).offset;
    return Math.min(winter, summer);
  };
  return {
    lookup(moment) {
      // Date reaches 275,760 years either way; beyond, the zone's last known offset will do.
      const inside = Math.max(-8.6e12, Math.min(8.6e12, moment));
      const { offset, name } = read(inside);
      return { offset, isdst: offset > standardOffset(fieldsOf(inside).year) ? 1 : 0, name };
    },
  };
}

export class Zone {
  /** @param {(path: string) => Uint8Array|null} readFile reads a zone file of the host, if it has any */
  constructor(readFile = () => null) {
    this.readFile = readFile;
    this.zone = null;
    this.name = undefined;
  }

  /** Sets the zone from a value of TZ; undefined means the host's own. */
  set(tz) {
    this.name = tz;
    this.zone = null;
  }

  load() {
    let { name } = this;
    if (name === undefined) return this.fromFile('/etc/localtime') ?? browserZone(undefined);
    if (name.startsWith(':')) name = name.slice(1);
    if (name === '') return UTC;
    const path = name.startsWith('/') ? name : `/usr/share/zoneinfo/${name}`;
    if (!name.includes('..')) {
      const zone = this.fromFile(path);
      if (zone) return zone;
    }
    const rule = parseRule(name);
    if (rule) return ruleZone(rule);
    try {
      return browserZone(name);
    } catch {
      return UTC;
    }
  }

  fromFile(path) {
    const bytes = this.readFile(path);
    try {
      return bytes && fileZone(bytes);
    } catch {
      return null;
    }
  }

  lookup(moment) {
    this.zone ??= this.load();
    return this.zone.lookup(moment);
  }

  /** All that struct tm tells of a moment. */
  localtime(moment) {
    const { offset, isdst, name } = this.lookup(moment);
    return { ...fieldsOf(moment + offset), isdst, gmtoff: offset, zone: name };
  }

  /** The moment of local calendar fields; isdst 0 or 1 says which clock they were read from. */
  mktime({ year, mon, mday, hour, min, sec, isdst }) {
    const local = daysOf(year, mon, 1) * DAY + (mday - 1) * DAY + hour * 3600 + min * 60 + sec;
    // Near a change, either side's offset can be the right one.
    const near = [-DAY, DAY].map((shift) => this.lookup(local - this.lookup(local).offset + shift));
    const consistent = near.filter(({ offset }) => this.lookup(local - offset).offset === offset);
    if (isdst >= 0) {
      const wanted = isdst ? 1 : 0;
      let info = consistent.find((i) => i.isdst === wanted) ?? near.find((i) => i.isdst === wanted);
      // The other clock is used at some other time of the year, if at all.
      for (let month = 1; !info && month <= 12; month++) {
        for (const shift of [-month, month]) {
          const other = this.lookup(local + shift * 30 * DAY);
          if (other.isdst === wanted) info ??= other;
        }
      }
      if (info) return local - info.offset;
    }
    return local - (consistent[0] ?? near[0]).offset;
  }
}
