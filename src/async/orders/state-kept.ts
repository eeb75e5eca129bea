import type { Taken } from '../schedule/run.ts';

/** The same steps lead to another place than before. */
export class StateKept extends Error {
  constructor(steps: readonly Taken[], before: string, now: string) {
    const schedule = steps.map(({ entry }) => entry).join(' ');
    super(
      [
        `the same steps lead to different places${schedule === '' ? '' : `: ${schedule}`}`,
        `in the first run:  ${before === '' ? 'nothing is parked' : before}`,
        `in the second run: ${now === '' ? 'nothing is parked' : now}`,
        'The code keeps state between schedules, or depends on something that is not wrapped, such as',
        'a clock or randomness. Make everything that changes anew in the body.',
      ].join('\n'),
    );
    this.name = 'StateKept';
  }
}
