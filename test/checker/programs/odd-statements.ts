import { entryOf, id, listOf, numbers, records, type Statement } from './statements.ts';

/**
 * Statements after which the state is no plain data, or that the views refuse by name though a
 * plain object would take them. Each may be refused; what is not refused must be as in JavaScript.
 */
export const oddStatements: Record<string, Statement> = {
  storeUndefined: (s, _m, [x, y]) => {
    if (y % 3 === 0) numbers(s, x)[id(y)] = undefined;
  },
  storeOddValue: (s, _m, [x, y]) => {
    const odd = [new Map(), { f() {} }, new Array(2), Number.NaN, 10n, Symbol('x'), new Date(0)];
    if (y % 2 === 0) s.c[id(x)] = odd[x % odd.length] as never;
  },
  tableBecomesList: (s, _m, [x, y]) => {
    if (y % 3 === 0) {
      if (x % 2 === 0) s.a = s.list as never;
      else s.b = null as never;
    }
  },
  cycle: (s, _m, [x, y]) => {
    const entry = entryOf(s, 0, x);
    if (y % 3 === 0 && entry !== undefined) entry.r = y % 2 === 0 ? entry : s.c;
  },
  deleteField: (s, _m, [x]) => {
    if (x % 3 === 0) Reflect.deleteProperty(s, 'a');
  },
  listWithProperty: (s, _m, [x, y]) => {
    const list = listOf(entryOf(s, x, y)) ?? s.list;
    if (y % 2 === 0) Object.assign(list, { extra: 1 });
  },
  getter: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    const property = { get: () => 1, enumerable: true, configurable: true };
    if (entry !== undefined) Object.defineProperty(entry, 'n', property);
  },
  getterInLiteral: (s, _m, [x, y]) => {
    records(s, x)[id(y)] = {
      get n() {
        return 1;
      },
    };
  },
  instance: (s, _m, [x, y]) => {
    class Odd {
      n = y % 3;
    }
    records(s, x)[id(y)] = new Odd();
  },
  subclassedList: (s, _m, [x]) => {
    class Rows extends Array<unknown> {}
    if (x % 2 === 0) s.list = Rows.from([1, 2]);
  },
  hiddenEntry: (s, _m, [x, y]) => {
    const property = { value: 2, writable: true, configurable: true, enumerable: false };
    if (y % 2 === 0) Object.defineProperty(numbers(s, x), id(y), property);
  },
  definedEntry: (s, _m, [x, y]) => {
    const property = { value: 2, writable: true, configurable: true, enumerable: true };
    if (y % 2 === 0) Object.defineProperty(numbers(s, x), id(y), property);
  },
  symbolKey: (s, _m, [x, y]) => {
    if (y % 2 === 0) Object.assign(numbers(s, x), { [Symbol('x')]: 1 });
  },
  frozenTable: (s, _m, [x, y]) => {
    if (y % 2 === 0) Object.freeze(numbers(s, x));
  },
  anotherPrototype: (s, _m, [x, y]) => {
    if (y % 2 === 0) Object.setPrototypeOf(numbers(s, x), { z: 1 });
  },
  inheritedName: (s, _m, [x, y]) => {
    if (y % 2 === 0) numbers(s, x)['constructor'] = 1;
  },
  copyByStructure: (s, _m, [x, y]) => {
    const entry = entryOf(s, x, y);
    if (entry !== undefined) records(s, y)[id(x)] = structuredClone(entry);
  },
  newField: (s, _m, [x]) => {
    if (x % 2 === 0) Object.assign(s, { surprise: 1 });
  },
};
