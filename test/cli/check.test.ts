import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run } = makePlace();

test('racewright check finds the race of the seed, and no race with the lock', () => {
  expect(run('check', 'seed-race', '--set', 'lock=none,both')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set lock=none,both
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      holds      always       no connection is left without an attachment
      holds      no deadlock  every run can go on until it is done
      VIOLATED   always       an attached volume is reachable from its host (expected)

         step                          what changes
      0  initial state                 volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                       attachments.detach1: {host: host1, status: attached, volume: old1}
                                       connections.host1: up; locks.host1: null; attach1.host: host1; attach1.volume: new1
                                       detach1.alone: false; detach1.host: host1; detach1.volume: old1
      1  attach1.start
      2  detach1.start                 volumes.old1.status: in-use → detaching
                                       attachments.detach1.status: attached → detaching
      3  detach1.count_attachments     detach1.alone: false → true
      4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                       volumes.new1.status: available → reserved
      5  attach1.connect_volume
      6  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                       volumes.new1.status: reserved → in-use
    ✗ 7  detach1.disconnect_volume     connections.host1: up → down
         in this state the property is false, for attachments.attach1: an attached volume is reachable from its host
         attachments.attach1: {host: host1, status: attached, volume: new1}
         it read connections.host1: down

      to replay it:
      racewright replay seed-race attach1.start detach1.start detach1.count_attachments attach1.attachment_create \\
        attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume

      36 states, 56 generated, 9 levels in <time>; every reachable state was visited
      as expected

    seed-race  lock=both order=count-first atomic=none attaches=1 detaches=1

      holds      always       an attached volume is reachable from its host
      holds      always       no connection is left without an attachment
      holds      no deadlock  every run can go on until it is done

      16 states, 17 generated, 9 levels in <time>; every reachable state was visited
      as expected

    2 checks: 1 holds, 1 violated; all as expected

    exit 0"
  `);
});

test('racewright check ends with 3 when it hits a bound before anything is decided', () => {
  expect(run('check', 'seed-race', '--max-states', '10')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --max-states 10
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      undecided  always       an attached volume is reachable from its host
      undecided  always       no connection is left without an attachment
      undecided  no deadlock  every run can go on until it is done

      10 states, 15 generated, 4 levels in <time>
      NOT complete: stopped at the bound on states (--max-states)
      nothing seen so far contradicts what the scenario expects
      next: look further with --max-states 100, or leave the bound out

    exit 3"
  `);
  expect(run('check', 'seed-race', '--max-depth', '2')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --max-depth 2
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      undecided  always       an attached volume is reachable from its host
      undecided  always       no connection is left without an attachment
      undecided  no deadlock  every run can go on until it is done

      6 states, 13 generated, 3 levels in <time>
      NOT complete: no state beyond the bound on depth was visited (--max-depth)
      nothing seen so far contradicts what the scenario expects
      next: look further with a larger --max-depth, or leave the bound out

    exit 3"
  `);
  expect(run('check', 'seed-race', '--max-memory', '0.001')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --max-memory 0.001
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      undecided  always       an attached volume is reachable from its host
      undecided  always       no connection is left without an attachment
      undecided  no deadlock  every run can go on until it is done

      3 states, 3 generated, 1 level in <time>
      NOT complete: stopped at the bound on memory (--max-memory)
      nothing seen so far contradicts what the scenario expects
      next: give it more memory with --max-memory, or fewer processes with --set

    exit 3"
  `);
});

test('racewright check ends with 1 at a violation without an expectation', () => {
  expect(run('check', 'seed-race', '--set', 'attaches=3')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set attaches=3
    seed-race  lock=none order=count-first atomic=none attaches=3 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      holds      always       no connection is left without an attachment
      holds      no deadlock  every run can go on until it is done
      VIOLATED   always       an attached volume is reachable from its host

         step                          what changes
      0  initial state                 volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                       attachments.detach1: {host: host1, status: attached, volume: old1}
                                       connections.host1: up; detach1.alone: false; volumes.new2: {status: available}
                                       volumes.new3: {status: available}; locks.host1: null; attach1.host: host1; and 7 more
      1  attach1.start
      2  detach1.start                 volumes.old1.status: in-use → detaching
                                       attachments.detach1.status: attached → detaching
      3  detach1.count_attachments     detach1.alone: false → true
      4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                       volumes.new1.status: available → reserved
      5  attach1.connect_volume
      6  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                       volumes.new1.status: reserved → in-use
    ✗ 7  detach1.disconnect_volume     connections.host1: up → down
         in this state the property is false, for attachments.attach1: an attached volume is reachable from its host
         attachments.attach1: {host: host1, status: attached, volume: new1}
         it read connections.host1: down

      to replay it:
      racewright replay seed-race --set attaches=3 attach1.start detach1.start detach1.count_attachments \\
        attach1.attachment_create attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume

      1,074 states, 3,380 generated, 17 levels in <time>; every reachable state was visited
      the scenario states no expectation for this point
      next: racewright matrix seed-race shows every combination of lock, order, atomic, attaches, detaches

    exit 1"
  `);
});

test('racewright check --depth-first searches depth first', () => {
  expect(run('check', 'seed-race', '--depth-first')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --depth-first
    seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
      Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
      per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

      holds      always       no connection is left without an attachment
      holds      no deadlock  every run can go on until it is done
      VIOLATED   always       an attached volume is reachable from its host (expected)

         step                          what changes
      0  initial state                 volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                       attachments.detach1: {host: host1, status: attached, volume: old1}
                                       connections.host1: up; locks.host1: null; attach1.host: host1; attach1.volume: new1
                                       detach1.alone: false; detach1.host: host1; detach1.volume: old1
      1  detach1.start                 volumes.old1.status: in-use → detaching
                                       attachments.detach1.status: attached → detaching
      2  detach1.count_attachments     detach1.alone: false → true
      3  attach1.start
      4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                       volumes.new1.status: available → reserved
      5  attach1.connect_volume
      6  detach1.disconnect_volume     connections.host1: up → down
    ✗ 7  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                       volumes.new1.status: reserved → in-use
         in this state the property is false, for attachments.attach1: an attached volume is reachable from its host
         attachments.attach1: {host: host1, status: attached, volume: new1}
         it read connections.host1: down

      to replay it:
      racewright replay seed-race detach1.start detach1.count_attachments attach1.start attach1.attachment_create \\
        attach1.connect_volume detach1.disconnect_volume attach1.attachment_complete

      36 states, 56 generated, 9 levels in <time>; every reachable state was visited
      as expected
      next: racewright matrix seed-race shows every combination of lock, order, atomic, attaches, detaches

    exit 0"
  `);
});

test('racewright check checks every stated expectation of a scenario', () => {
  expect(run('check', 'seed-race', '--all')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --all
    ✓ violated         36 states  seed-race (expected)
    ✓ violated        154 states  seed-race detaches=2 (expected)
    ✓ violated        204 states  seed-race attaches=2 (expected)
    ✓ violated        782 states  seed-race attaches=2 detaches=2 (expected)
    ✓ violated         30 states  seed-race attaches=0 detaches=2 (expected)
    ✓ violated        132 states  seed-race attaches=0 detaches=3 (expected)
    ✓ holds            16 states  seed-race lock=both
    ✓ holds            44 states  seed-race lock=both detaches=2
    ✓ holds            44 states  seed-race lock=both attaches=2
    ✓ holds           112 states  seed-race lock=both attaches=2 detaches=2
    ✓ holds            16 states  seed-race lock=both attaches=0 detaches=2
    ✓ holds            44 states  seed-race lock=both attaches=0 detaches=3
    ✓ violated         36 states  seed-race lock=detach (expected)
    ✓ holds            16 states  seed-race lock=detach attaches=0 detaches=2
    ✓ violated         99 states  seed-race lock=detach detaches=2 (expected)
    ✓ violated        537 states  seed-race lock=detach attaches=2 detaches=2 (expected)
    ✓ violated         36 states  seed-race lock=attach (expected)
    ✓ violated         30 states  seed-race lock=attach attaches=0 detaches=2 (expected)
    ✓ violated        154 states  seed-race lock=attach detaches=2 (expected)
    ✓ violated        502 states  seed-race lock=attach attaches=2 detaches=2 (expected)
    ✓ holds            22 states  seed-race atomic=count-disconnect
    ✓ violated         19 states  seed-race atomic=count-disconnect attaches=0 detaches=2 (expected)
    ✓ holds            89 states  seed-race atomic=count-disconnect detaches=2
    ✓ holds           427 states  seed-race atomic=count-disconnect attaches=2 detaches=2
    ✓ holds            16 states  seed-race atomic=count-disconnect-delete
    ✓ holds             9 states  seed-race atomic=count-disconnect-delete attaches=0 detaches=2
    ✓ holds            46 states  seed-race atomic=count-disconnect-delete detaches=2
    ✓ holds           230 states  seed-race atomic=count-disconnect-delete attaches=2 detaches=2
    ✓ violated         31 states  seed-race order=delete-first (expected)
    ✓ holds            35 states  seed-race order=delete-first attaches=0 detaches=2
    ✓ violated        187 states  seed-race order=delete-first detaches=2 (expected)
    ✓ violated        959 states  seed-race order=delete-first attaches=2 detaches=2 (expected)
    ✓ holds            16 states  seed-race lock=both order=delete-first
    ✓ holds            16 states  seed-race lock=both order=delete-first attaches=0 detaches=2
    ✓ holds            44 states  seed-race lock=both order=delete-first detaches=2
    ✓ holds           112 states  seed-race lock=both order=delete-first attaches=2 detaches=2

    36 checks: 19 holds, 17 violated; all as expected

    exit 0"
  `);
});
