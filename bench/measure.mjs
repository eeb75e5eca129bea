/**
 * Checks one scenario in a process of its own, so that peak memory is that of this search alone.
 * Called with the URL of a built scenario, its parameters and the setting of the memo; prints one
 * line of JSON.
 */
import { performance } from 'node:perf_hooks';
import { check, isScenario } from 'racewright';

const [file, given, memo] = process.argv.slice(2);
const scenario = Object.values(await import(file)).find(isScenario);
if (scenario === undefined) throw new Error(`${file} exports no scenario`);

const began = performance.now();
const result = check(scenario, { parameters: JSON.parse(given), memo });
const seconds = (performance.now() - began) / 1000;
const { verdict, complete, asExpected, mismatches, states, generated, levels, cost } = result;
const peakBytes = process.resourceUsage().maxRSS * 1024;
const figures = { verdict, complete, asExpected, mismatches, states, generated, levels };
console.log(JSON.stringify({ ...figures, seconds, peakBytes, cost }));
