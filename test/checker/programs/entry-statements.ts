import {
  entryOf,
  id,
  isEntry,
  listOf,
  newEntry,
  numbers,
  records,
  type Statement,
} from './statements.ts';

/** Statements about entries, lists and records: held, aliased, shared, spread, spliced, sorted. */
export const entryStatements: Record<string, Statement> = {
  newEntry: (s, _m, [x, y, z]) => {
    records(s, x)[id(y)] = newEntry(z);
  },
  freshCopy: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined) return;
    records(s, x)[id(y)] = { ...entry };
    entry.n = 6;
  },
  aliasEntry: (s, _m, [x, y, z]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined) return;
    records(s, z)[id(z)] = entry;
    entry.n = (entry.n + 1) % 7;
  },
  holdEntry: (s, m, [x, y]) => {
    m.entry = entryOf(s, x, y);
  },
  writeHeldEntry: (_s, m, [x]) => {
    if (m.entry === undefined) return;
    m.entry.n = x % 7;
    const list = listOf(m.entry);
    if (list !== undefined && list.length < 6) list.push(x % 4);
  },
  putHeldEntry: (s, m, [x, y]) => {
    if (m.entry !== undefined) records(s, x)[id(y)] = m.entry;
  },
  holdList: (s, m, [x, y]) => {
    m.list = listOf(entryOf(s, x, y));
  },
  writeHeldList: (_s, m, [x]) => {
    if (m.list !== undefined && m.list.length < 6) m.list.push(x % 3);
  },
  putHeldList: (s, m) => {
    if (m.list !== undefined) s.list = m.list;
  },
  sortEntryList: (s, _m, [x, y]) => {
    listOf(entryOf(s, x, y))?.sort();
  },
  splice: (s, m, [x, y, z]) => {
    const removed = listOf(entryOf(s, x, y))?.splice(z % 3, z % 2, z % 5);
    m.log(JSON.stringify(removed));
  },
  reverse: (s, _m, [x, y]) => {
    const list = listOf(entryOf(s, x, y));
    list?.reverse();
    list?.unshift(9);
    list?.pop();
  },
  nested: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (isEntry(entry?.r)) (entry.r as { x?: number }).x = y % 5;
  },
  shareNested: (s, m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined || m.entry === undefined || !isEntry(m.entry.r)) return;
    entry.r = m.entry.r;
    (entry.r as { x?: number }).x = y % 4;
  },
  spreadEntry: (s, _m, [x, y, z]) => {
    const entry = entryOf(s, x, y);
    if (entry !== undefined) records(s, x)[id(y)] = { ...entry, n: z % 9 };
  },
  assign: (s, _m, [x, y, z]) => {
    const entry = entryOf(s, x, y);
    if (entry !== undefined) Object.assign(entry, { s: `z${z % 3}`, n: 0 });
  },
  changeKeys: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined) return;
    delete entry.s;
    entry.more = x % 3;
  },
  entryToList: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined || s.list.length > 5) return;
    s.list.push(entry);
    entry.n = y % 5;
  },
  filterList: (s, _m, [x]) => {
    s.list = s.list.filter((_, i) => (i + x) % 2 > 0);
  },
  mapList: (s, _m, [x]) => {
    s.list = s.list.map((value) => (typeof value === 'number' ? (value + x) % 7 : value));
  },
  cutList: (s, _m, [x]) => {
    s.list.length = Math.min(s.list.length, x % 4);
  },
  setList: (s, _m, [x, y]) => {
    if (s.list.length > 0) s.list[x % s.list.length] = y % 9;
  },
  sortList: (s) => {
    s.list.sort((one, other) => Number(one) - Number(other) || 0);
  },
  swapInList: (s) => {
    if (s.list.length > 1) [s.list[0], s.list[1]] = [s.list[1], s.list[0]];
  },
  indexOf: (s, m) => {
    const last = s.list.at(-1);
    m.log(s.list.indexOf(last));
    m.log(s.list.includes(m.entry));
  },
  fromList: (s, _m, [x, y]) => {
    const entry = s.list.find((value): value is { n: number } => isEntry(value) && 'n' in value);
    if (entry === undefined) return;
    records(s, x)[id(y)] = entry;
    entry.n = 8;
  },
  record: (s, _m, [x]) => {
    s.rec['x'] = x % 5;
    s.rec['y'] = { z: x % 3 };
  },
  recordShares: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (!isEntry(entry?.r)) return;
    s.rec['y'] = entry.r;
    (entry.r as { x?: number }).x = 4;
  },
  replaceRecord: (s, _m, [x]) => {
    const kept = s.rec;
    s.rec = { x: x % 3 };
    kept['x'] = 8;
    if (x % 4 === 0) s.rec = kept;
  },
  incrementAll: (s, _m, [x]) => {
    for (const entry of Object.values(records(s, x)))
      if (isEntry(entry)) entry.n = (entry.n + 1) % 9;
  },
  rank: (s, _m, [x]) => {
    const entries = Object.values(records(s, x)).filter(isEntry);
    entries.sort((one, other) => (other.n | 0) - (one.n | 0));
    for (const [i, entry] of entries.entries()) entry.n = i;
  },
  sameEntry: (s, m, [x, y]) => {
    m.log(m.entry === entryOf(s, x, y));
    m.log(entryOf(s, x, y) === entryOf(s, y, x));
    m.log(m.list === listOf(entryOf(s, x, y)));
    m.log(Object.values(records(s, x)).filter((entry) => entry === m.entry).length);
  },
  branch: (s, _m, [x, y]) => {
    if (Number(numbers(s, x)[id(y)]) > 3) s.n = 1;
    else numbers(s, y)[id(x)] = s.n;
  },
  setNumber: (s, _m, [x]) => {
    s.n = x % 5;
  },
  readNumber: (s, m) => m.log(s.n),
  pick: (s, m, [x, y]) => {
    const picked = m.pick(`p${x % 3}`, [0, 1, 2].slice(0, 1 + (y % 3)));
    numbers(s, x)[id(picked)] = picked;
  },
  pickNothing: (s, m, [x]) => {
    if (x % 11 === 0) m.pick('none', []);
    s.n = 4;
  },
  keysOfEntry: (s, m, [x, y]) => m.log(JSON.stringify(entryOf(s, x, y))),
};
