import { rowsToTell } from '../../model/cinder/notify.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { createServer } from '../../model/nova/boot.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';
import { choice } from '../../spec/parameters.ts';

const toldRight = cloud.always(
  'at rest, every listener has been told which attachments there are',
  cloud.every('heard', ({ rows }, volume, state, processes) => {
    const listed = (some: object) => Object.entries(some).sort().join(' ');
    const isSo = listed(rows) === listed(rowsToTell(state, volume));
    return isSo || !isAtRest(processes, state);
  }),
);

const announced = cloud.step(
  'a listener that hears the end of an attach or a detach has heard its start',
  ({ heard: before }, _action, { heard: after }) =>
    Object.entries(after).every(([volume, { event }]) => {
      const previous = before[volume]?.event;
      return (
        !event.endsWith('.end') ||
        event === previous ||
        previous === event.replace('.end', '.start')
      );
    }),
);

const requests = {
  detach: () => ({ detach: detachVolume.start('s1', 'v1') }),
  attach: () => ({ attach: attachVolume.start('s1', 'v1') }),
  'attach-and-detach': () => ({
    attach: attachVolume.start('s1', 'v1'),
    detach: detachVolume.start('s1', 'v1'),
  }),
  'delete-reserved': () => ({
    boot: createServer.start('s2', 'v1', null),
    delete: deleteServer.start('s2', 'error'),
  }),
};

export const bug1916980 = cloudScenario({
  name: 'bug-1916980',
  about:
    'R17: a listener receives the notifications of Cinder. The end of a detach told what ' +
    'Cinder had loaded before the detach (1916980), Cinder did not announce the detach of a ' +
    'reserved volume (1935011), and it announced the end of an attach before it was ' +
    'complete (1808941).',
  // The model leaves out the notifications of the flow before Queens.
  release: ({ release }) => release,
  parameters: {
    release: choice(['queens', ...releaseNames.slice(releaseNames.indexOf('rocky'))], {
      default: '2026.1',
      about: 'the release of OpenStack',
    }),
    asked: choice(['detach', 'attach', 'delete-reserved', 'attach-and-detach'], {
      about:
        'what happens to the volume; in the last but one a server fits on no host and is ' +
        'deleted',
    }),
  },
  entities: ({ asked }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: asked === 'detach' ? [['s1', 'v1']] : [],
    heard: ['v1'],
  }),
  operations: ({ asked }) => requests[asked](),
  reachable: [
    cloud.reachable(
      'there is something to tell, and a listener was told of an end',
      ({ heard }) => heard['v1']?.event.endsWith('.end') === true,
    ),
    toldRight,
    announced,
  ],
  expect: [
    {
      given: { asked: 'detach', release: 'xena' },
      violates: { [toldRight.name]: 33 },
      reason: 'bug 1916980: detach.end still tells of the attachment',
    },
    { given: { asked: 'detach', release: 'yoga' }, reason: 'cinder 20: cinder-api tells the end' },
    {
      given: { asked: 'detach', release: '2026.1', detach_end_tells: 'loaded' },
      violates: { [toldRight.name]: 31 },
      reason: 'if cinder-api does not load the attachment again, the bug is back',
    },
    {
      given: { asked: 'attach', release: 'rocky' },
      violates: { [toldRight.name]: 43 },
      reason:
        'bug 1808941: attach.end tells that the volume is attaching, and no notification tells ' +
        'of the rest',
    },
    { given: { asked: 'attach', release: 'stein' }, reason: 'cinder 14 tells it at the end' },
    {
      given: { asked: 'attach', release: '2026.1', attach_end: 'at_update' },
      violates: { [toldRight.name]: 43 },
      reason: 'if attach.end comes at the update, the bug is back',
    },
    {
      given: { asked: 'delete-reserved', release: 'xena' },
      violates: { [announced.name]: 18, [toldRight.name]: 25 },
      reason:
        'bug 1935011: Cinder tells an end without a start, which still tells of the attachment ' +
        '(bug 1916980)',
    },
    {
      given: { asked: 'delete-reserved', release: 'yoga' },
      reason: 'cinder 20 announces a reserved attachment like any other',
    },
    {
      given: { asked: 'delete-reserved', release: '2026.1' },
      reason: 'Cinder announces the attachment, as in cinder 20',
    },
    {
      given: { asked: 'delete-reserved', release: '2026.1', reserved_detach_start: 'none' },
      violates: { [announced.name]: 18 },
      reason: 'without this notification the bug is back',
    },
    {
      given: { asked: 'attach-and-detach', release: '2026.1' },
      reason:
        'the instance lock of nova-compute keeps the two in order, so the listener hears them ' +
        'in order',
    },
  ],
});
