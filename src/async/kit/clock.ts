/** The time of one schedule: it goes on where a timer fires. */
export class Clock {
  /** Milliseconds since the beginning of the schedule. */
  now = 0;

  /** A timer fires that is due at this time, or was before. */
  reach(due: number): void {
    this.now = Math.max(this.now, due);
  }
}
