/**
 * What one transition costs without the memo, and what it costs whoever searches by hand: a queue,
 * immer for the steps and JSON for the keys. Called with the URL of a built scenario of actions and
 * its parameters; prints one line of JSON. The process begins cold, as that of a command does, so
 * the first search also pays for the compiler of V8; the second one does not.
 */
import { performance } from 'node:perf_hooks';
import { produce } from 'immer';
import { check, isScenario } from 'racewright';

const [file, given] = process.argv.slice(2);
const parameters = JSON.parse(given);
const scenario = Object.values(await import(file)).find(isScenario);

/** The seconds of a call, and its answer. */
function timed(call) {
  const began = performance.now();
  const answer = call();
  return { answer, seconds: (performance.now() - began) / 1000 };
}

/** All states to which an action leads, one for each combination of its picks. */
function successors(state, { when, do: recipe }) {
  if (when !== undefined && !when(state)) return [];
  const found = [];
  const open = [[]];
  for (let answers = open.pop(); answers !== undefined; answers = open.pop()) {
    let asked = 0;
    let isBlocked = false;
    const next = produce(state, (draft) => {
      recipe(draft, (_name, options) => {
        const at = answers[asked++] ?? 0;
        if (asked > answers.length) {
          for (let other = 1; other < options.length; other++) open.push([...answers, other]);
          answers.push(0);
        }
        isBlocked ||= options.length === 0;
        return options[at];
      });
    });
    if (!isBlocked) found.push(next);
  }
  return found;
}

/** The text of a state. The order in which keys were added is no part of it. */
const textOf = (state) =>
  JSON.stringify(state, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

function byHand({ init, actions }) {
  const seen = new Set();
  const queue = [init()];
  seen.add(textOf(queue[0]));
  let generated = 1;
  for (const state of queue) {
    for (const action of actions) {
      for (const next of successors(state, action)) {
        generated += 1;
        const key = textOf(next);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(next);
      }
    }
  }
  return { states: queue.length, generated };
}

const search = () => check(scenario, { parameters, memo: 'off' });
const first = timed(search);
const again = timed(search);
const naive = timed(() => byHand(scenario.system(parameters)));
const { states, generated } = first.answer;
const isSame = naive.answer.states === states && naive.answer.generated === generated;
console.log(
  JSON.stringify({
    generated,
    first: first.seconds,
    again: again.seconds,
    byHand: naive.seconds,
    isSame,
  }),
);
