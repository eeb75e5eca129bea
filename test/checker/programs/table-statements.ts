import {
  anyTable,
  entryOf,
  id,
  isEntry,
  newEntry,
  numbers,
  records,
  type Statement,
  setNumbers,
  setRecords,
  setTable,
  table,
} from './statements.ts';

/**
 * Statements about whole tables: held, replaced, swapped, aliased, moved, enumerated while they
 * change.
 */
export const tableStatements: Record<string, Statement> = {
  hold: (s, m, [x]) => {
    m.table = table(s, x);
  },
  clear: (s, _m, [x]) => setTable(s, x, {}),
  alias: (s, _m, [x, y]) => setTable(s, x, table(s, y)),
  aliasThenWrite: (s, _m, [x, y, z]) => {
    setNumbers(s, x, numbers(s, y));
    numbers(s, y)[id(z)] = z % 9;
  },
  swap: (s) => {
    [s.a, s.b] = [s.b, s.a];
  },
  swapRecords: (s) => {
    const kept = s.c;
    s.c = s.d;
    s.d = kept;
  },
  rotate: (s) => {
    [s.a, s.b, s.c] = [s.b, s.c as never, s.a as never];
  },
  restore: (s, m, [x]) => {
    if (m.table !== undefined) setTable(s, x, m.table);
  },
  writeHeld: (_s, m, [x, y]) => {
    if (m.table !== undefined) m.table[id(x)] = y % 9;
  },
  deleteHeld: (_s, m, [x]) => {
    if (m.table !== undefined) delete m.table[id(x)];
  },
  drain: (s, m, [x]) => {
    const batch = numbers(s, x);
    setNumbers(s, x, {});
    let sum = 0;
    for (const value of Object.values(batch)) sum += Number(value) || 0;
    s.n = sum % 7;
    m.log(sum);
  },
  set: (s, _m, [x, y, z]) => {
    numbers(s, x)[id(y)] = z % 9;
  },
  increment: (s, _m, [x, y]) => {
    numbers(s, x)[id(y)] = (Number(numbers(s, x)[id(y)]) || 0) + 1;
  },
  delete: (s, _m, [x, y]) => {
    delete table(s, x)[id(y)];
  },
  addAgain: (s, _m, [x, y]) => {
    const t = table(s, x);
    const value = t[id(y)];
    delete t[id(y)];
    if (value !== undefined) t[id(y)] = value;
  },
  deleteInLoop: (s, m, [x, y]) => {
    let i = 0;
    const t = table(s, x);
    const order: string[] = [];
    for (const key in t) {
      order.push(key);
      if ((i++ + y) % 2 === 1) delete t[key];
    }
    m.log(order.join());
  },
  deleteAhead: (s, m, [x, y]) => {
    const met: string[] = [];
    for (const key in table(s, x)) {
      met.push(key);
      delete table(s, x)[id(y)];
    }
    m.log(met.join());
  },
  addInLoop: (s, _m, [x, y]) => {
    for (const key of Object.keys(numbers(s, x))) {
      numbers(s, y)[key + 'x'.repeat(key.length < 3 ? 1 : 0)] = 1;
    }
  },
  copyEntries: (s, _m, [x, y]) => {
    for (const [key, value] of Object.entries(table(s, x))) table(s, y)[key] = value;
  },
  filter: (s, _m, [x, y]) => {
    const kept = Object.entries(table(s, x)).filter((_, i) => (i + y) % 3 > 0);
    setTable(s, x, Object.fromEntries(kept));
  },
  filterWhileReplacing: (s, _m, [x, y]) => {
    const old = table(s, x);
    setTable(s, x, {});
    for (const key of Object.keys(old)) if (key !== id(y)) table(s, x)[key] = old[key];
  },
  spread: (s, _m, [x, y, z]) => setNumbers(s, x, { ...numbers(s, x), [id(y)]: z % 9 }),
  rest: (s, m, [x, y, z]) => {
    const { [id(y)]: gone, ...rest } = numbers(s, x);
    setNumbers(s, z, rest);
    m.log(typeof gone);
  },
  destructure: (s, m, [x, y]) => {
    const { a, b, who, ...others } = s;
    a[id(x)] = Object.keys(b).length;
    m.log(typeof who);
    m.log(Object.keys(others).join());
    others.c[id(y)] = newEntry(x);
  },
  moveEntry: (s, _m, [x, y, z]) => {
    const entry = entryOf(s, x, y);
    if (entry === undefined) return;
    delete records(s, x)[id(y)];
    records(s, z)[id(z)] = entry;
  },
  archive: (s, _m, [x, y]) => {
    s.c[id(x)] = { ...newEntry(y), r: s.a };
    s.a = {};
  },
  unarchive: (s, _m, [x]) => {
    const entry = entryOf(s, 0, x);
    if (!isEntry(entry?.r)) return;
    s.b = entry.r as never;
    entry.r = { x: 0 };
  },
  intoRecord: (s, _m, [x]) => {
    s.rec['t'] = numbers(s, x);
    numbers(s, x)[id(x)] = 3;
  },
  intoList: (s, _m, [x]) => {
    if (s.list.length < 6) s.list.push(numbers(s, x));
    numbers(s, x)['late'] = 1;
  },
  intoRecordTogether: (s, _m, [x, y]) => {
    const [one, other] = [numbers(s, x), records(s, y)];
    s.rec['t'] = x % 3 === 0 ? { z: one, c: other } : { c: one, z: other, y: one };
  },
  rebuild: (s, _m, [x, y]) => {
    setRecords(s, x, Object.fromEntries(Object.entries(records(s, y)).reverse()));
  },
  assignAll: (s, _m, [x, y]) => {
    Object.assign(numbers(s, x), numbers(s, y));
  },
  count: (s, _m, [x]) => {
    s.n = Object.keys(table(s, x)).length;
  },
  keys: (s, m, [x]) => m.log(Reflect.ownKeys(table(s, x)).join()),
  values: (s, m, [x]) => m.log(JSON.stringify(Object.values(table(s, x)))),
  json: (s, m, [x]) => m.log(JSON.stringify(table(s, x))),
  jsonOfHeld: (_s, m) => m.log(JSON.stringify(m.table)),
  has: (s, m, [x, y]) => {
    m.log(id(y) in table(s, x));
    m.log(Object.hasOwn(table(s, x), id(y)));
    // biome-ignore lint/suspicious/noPrototypeBuiltins: what every object inherits is asked, too
    m.log(table(s, x).hasOwnProperty(id(x)));
  },
  inheritsToString: (s, m, [x]) => {
    m.log('toString' in table(s, x));
    m.log(Object.hasOwn(table(s, x), 'toString'));
    m.log(String(table(s, x)));
    m.log(Object.getPrototypeOf(table(s, x)) === Object.prototype);
  },
  sameTable: (s, m, [x, y]) => {
    m.log(table(s, x) === table(s, y));
    m.log(m.table === table(s, x));
  },
  describe: (s, m, [x, y]) => {
    const property = Object.getOwnPropertyDescriptor(numbers(s, x), id(y));
    m.log(property?.enumerable);
    m.log(JSON.stringify(property?.value));
  },
  names: (s, m) => {
    for (const key in s) m.log(key);
    m.log(Object.keys(s).join());
  },
  undefinedThenGone: (s, _m, [x, y]) => {
    numbers(s, x)[id(y)] = undefined;
    delete numbers(s, x)[id(y)];
  },
  whichTable: (s, m, [x]) => m.log(`${anyTable(x)}${Object.entries(table(s, x)).length}`),
};
