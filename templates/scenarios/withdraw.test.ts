import { expectAsExpected } from 'racewright/vitest';
import { withdrawals } from './withdraw.ts';

// A test for each point at which the scenario says what it expects.
expectAsExpected(withdrawals);
