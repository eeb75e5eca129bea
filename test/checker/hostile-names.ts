import fc from 'fast-check';

/** Names that end, begin or look like one another, or like marks of the notation. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'c',
      'a.b',
      'b.c',
      'a.b.c',
      'fault',
      'crash',
      'fault.crash',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '"a"',
        '"a".b',
        'a b',
        ' a',
        'a ',
        'a  b',
        'a=1',
        'a[b=1]',
        '[',
        ']',
        ',',
        '"',
        "'",
        '\\',
      ],
      ...[
        '\0',
        '\n',
        '\u202ea',
        'a\u200b',
        'é',
        'e\u0301',
        '\u0301',
        '👨‍👩‍👧',
        '\ud800',
        'ㅤ',
        '\u00a0',
      ],
      ...['true', 'null', '1', '-1', '--init', '$a', '`a`', '!a', '~', '#', 'a#2', 'v#2', 'v#3'],
      ...['constructor', 'actor', 'label', 'picks', 'done', '__proto__', ''],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);

/** Values that are written alike by one notation or another. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        1,
        '1',
        true,
        'true',
        false,
        'false',
        null,
        'null',
        0,
        -0,
        '0',
        '-0',
        1e21,
        '1e+21',
        0.5,
        -1,
      ],
      ...[
        '',
        ' ',
        'a',
        'b',
        'a,v=1',
        'a]',
        'NaN',
        'Infinity',
        'undefined',
        '[object Object]',
        '{}',
      ],
      ...[[], [1], ['1'], [[1]], [null], {}, { a: 1 }, { a: '1' }, { a: 1, b: [2] }, { ']': '"' }],
    ),
  },
  { weight: 2, arbitrary: hostileName },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
