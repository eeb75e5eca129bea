import type { Scenario } from '../../src/index.ts';
import {
  type TimedAnswer,
  type TimedOptions,
  TimedSimulation,
} from '../../src/simulate/timed/timed.ts';

/** The answer without the sensitivity, which costs most. */
export function timedAnswer(scenario: Scenario, options: TimedOptions): TimedAnswer {
  const simulation = new TimedSimulation(scenario, options);
  while (!simulation.advance(1_000));
  const answering = simulation.answering({ requested: true });
  for (;;) {
    const { done, value } = answering.next();
    if (done) return value;
  }
}
