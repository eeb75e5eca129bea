/** The figures as a table in plain text. */

const whole = (number) => Math.round(number).toLocaleString('en-US');
const rate = (count, seconds) => `${whole(count / seconds / 1000)} k`;
const megabytes = (bytes) => whole(bytes / 1e6);
const ratio = (number) => number.toFixed(2);

const columns = [
  ['model', ({ name, memo }) => (memo === 'off' ? `${name}, memo off` : name)],
  ['states', ({ ours }) => whole(ours.states)],
  ['generated', ({ ours }) => whole(ours.generated)],
  ['search s', ({ ours }) => ours.seconds.toFixed(3)],
  ['µs/transition', ({ ours }) => ((ours.seconds * 1e6) / ours.generated).toFixed(2)],
  ['wall s', ({ ours }) => ours.wall.toFixed(3)],
  ['states/s', ({ ours }) => rate(ours.states, ours.wall)],
  ['generated/s', ({ ours }) => rate(ours.generated, ours.wall)],
  ['B/state', ({ ours }) => (ours.cost.stateBytes / ours.states).toFixed(1)],
  ['peak MB', ({ ours }) => megabytes(ours.peakBytes)],
  ['SPIN s', ({ spin }) => spin?.wall.toFixed(3) ?? ''],
  ['SPIN states/s', ({ spin }) => (spin ? rate(spin.states, spin.wall) : '')],
  ['SPIN MB', ({ spin }) => (spin ? megabytes(spin.peakBytes) : '')],
  ['ours : SPIN', ({ ours, spin }) => (spin ? `${ratio(spin.wall / ours.wall)} x` : '')],
];

/** For each pair of settings of the memo, the cost of the adaptive memo in comparison with none. */
function memoLines(rows) {
  return rows
    .filter(({ memo }) => memo === 'off')
    .map(({ name, given, ours: off }) => {
      const same = (row) => row.memo === 'adaptive' && row.name === name && row.given === given;
      const on = rows.find(same).ours;
      const time = ratio(on.seconds / off.seconds);
      const memory = ratio(on.peakBytes / off.peakBytes);
      return `${name} (${whole(on.states)} states): adaptive takes ${time} of the time and ${memory} of the memory of memo off`;
    });
}

/** What a transition costs without the memo, and by hand. */
function floorLines(rows) {
  return rows
    .filter(({ floor }) => floor !== undefined)
    .map(({ name, ours, floor: { first, again, byHand } }) => {
      const costs = `${ratio(first)} µs a transition, ${ratio(again)} µs in a second search of the process`;
      return `${name} (${whole(ours.states)} states), memo off: ${costs}; by hand with immer and JSON ${ratio(byHand)} µs`;
    });
}

export function table(rows, { racewright, node, spin, cores, load }, rounds) {
  const cells = [
    columns.map(([title]) => title),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const lines = cells.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  );
  return [
    `racewright ${racewright}, node ${node}, SPIN ${spin}; median of ${rounds}, one thread, breadth first, exact`,
    'wall: process start to exit; rates and the ratio are those of whole processes',
    `load before the first run: ${load.toFixed(2)} on ${cores} cores${load > 0.5 ? ': BUSY, differences under 20 % mean nothing' : ''}`,
    '',
    ...lines,
    '',
    ...memoLines(rows),
    ...floorLines(rows),
    ...rows.flatMap(({ complaints }) => complaints.map((text) => `WRONG ${text}`)),
  ].join('\n');
}
