import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { attachVolume } from '../model/nova/attach.ts';
import { endResize, resizeServer } from '../model/nova/cold-migrate.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { detachVolume } from '../model/nova/detach.ts';
import { liveMigrate } from '../model/nova/live-migration.ts';
import { rebootServer } from '../model/nova/reboot.ts';
import { rebuildServer } from '../model/nova/rebuild.ts';
import { shelveServer } from '../model/nova/shelve.ts';
import { S2, S6, S7, S8, S10 } from '../model/properties/always.ts';
import { Q1, Q2b, Q3, Q4, Q5, Q7, Q9 } from '../model/properties/at-rest.ts';
import { noneGivenWithoutDevice } from '../model/properties/guests.ts';
import { choice } from '../spec/parameters.ts';

/** What may be asked of a server, and where it goes if it is moved. */
const requests = {
  'live-migrate': (dest: string) => liveMigrate.start('s1', dest),
  resize: (dest: string) => resizeServer.start('s1', dest),
  shelve: () => shelveServer.start('s1'),
  reboot: () => rebootServer.start('s1'),
  rebuild: () => rebuildServer.start('s1', 'v1'),
  revert: () => endResize.start('s1', 'revert'),
  attach: () => attachVolume.start('s1', 'v2'),
  detach: () => detachVolume.start('s1', 'v1'),
  delete: () => deleteServer.start('s1'),
} as const;

export const busyServer = cloudScenario({
  name: 'busy-server',
  about:
    'L11: two things are asked of a running server at the same time. The task state refuses whichever comes second, but not a ' +
    'deletion, which is always accepted; and a detach that has been accepted sets none.',
  release: '2026.1',
  parameters: {
    first: choice(['live-migrate', 'resize', 'revert', 'shelve', 'reboot', 'rebuild', 'delete'], {
      about: 'what is asked of the server',
    }),
    other: choice(
      ['live-migrate', 'resize', 'shelve', 'reboot', 'rebuild', 'attach', 'detach', 'delete'],
      { about: 'what else is asked of it' },
    ),
    volume: choice(['own', 'shared'], {
      about: 'whether another server of the host has the volume as well',
    }),
  },
  entities: ({ first, other, volume }) => {
    const isShared = volume === 'shared';
    return {
      servers: { s1: 'h1', ...(isShared ? { s2: 'h1' } : {}) },
      volumes: { v1: { multiattach: isShared }, ...(other === 'attach' ? { v2: {} } : {}) },
      attached: [['s1', 'v1'], ...(isShared ? [['s2', 'v1'] as const] : [])],
      resized: first === 'revert' ? { s1: 'h2' } : {},
    };
  },
  operations: ({ first, other }) => ({
    first: requests[first]('h2'),
    other: requests[other]('h3'),
  }),
  reachable: [
    noneGivenWithoutDevice,
    cloud.reachable(
      'both requests have come to an end',
      (_state, processes) => processes['first']?.at === 'done' && processes['other']?.at === 'done',
    ),
  ],
  expect: [
    {
      given: { first: 'live-migrate', other: 'live-migrate' },
      because: 'one goes first; the other is refused, or moves the server again when it is over',
    },
    {
      given: { first: 'live-migrate', other: 'resize' },
      because: 'a server that is resized is not active, either',
    },
    {
      given: { first: 'live-migrate', other: 'shelve' },
      because: 'a server that is shelved is on no host',
    },
    { given: { first: 'live-migrate', other: 'reboot' }, because: 'one of them goes first' },
    { given: { first: 'live-migrate', other: 'rebuild' }, because: 'one of them goes first' },
    {
      given: { first: 'live-migrate', other: 'delete' },
      violates: {
        [S2.name]: 56,
        [S7.name]: 71,
        [S8.name]: 74,
        [Q2b.name]: 70,
        [Q5.name]: 79,
        [Q9.name]: 94,
      },
      because:
        'a deletion is always accepted. It deletes the attachment that the migration has just made, and unmaps what the ' +
        'destination connects; or it ends before the migration makes that attachment',
    },
    {
      given: { first: 'resize', other: 'delete' },
      violates: {
        [S2.name]: 70,
        [S6.name]: 69,
        [S7.name]: 79,
        [Q1.name]: 48,
        [Q2b.name]: 47,
        [Q5.name]: 76,
        [Q7.name]: 69,
        [Q9.name]: 81,
      },
      because: 'the same; a resize holds no lock of the server, on neither host',
    },
    {
      given: { first: 'shelve', other: 'delete' },
      violates: { [Q2b.name]: 52 },
      because:
        'the deletion waits for the lock, and then deletes the attachments that nova-api read: not the one that holds the volume',
    },
    { given: { first: 'reboot', other: 'delete' }, because: 'a reboot changes no attachment' },
    {
      given: { first: 'reboot', other: 'delete', release: 'train' },
      violates: {
        [S2.name]: 36,
        [S6.name]: 29,
        [S7.name]: 39,
        [Q5.name]: 49,
        [Q9.name]: 49,
        [noneGivenWithoutDevice.name]: 29,
      },
      because:
        'before nova 21 a reboot did not take the lock of the server, and started the guest while it was deleted',
    },
    {
      given: { first: 'rebuild', other: 'delete' },
      violates: {
        [S2.name]: 82,
        [S6.name]: 80,
        [S7.name]: 85,
        [S10.name]: 74,
        [Q1.name]: 51,
        [Q2b.name]: 50,
        [Q5.name]: 87,
        [Q7.name]: 74,
        [Q9.name]: 87,
      },
      because: 'the same as with a resize',
    },
    {
      given: { first: 'delete', other: 'delete', volume: 'shared' },
      violates: { [S6.name]: 43, [Q4.name]: 52 },
      because:
        'the second deletion has read the mappings before the first ends. It counts one server, which is the other one, and takes its device',
    },
    {
      given: { first: 'resize', other: 'detach' },
      violates: {
        [S2.name]: 71,
        [S7.name]: 80,
        [Q1.name]: 48,
        [Q2b.name]: 47,
        [Q5.name]: 76,
        [Q7.name]: 69,
        [Q9.name]: 78,
      },
      because:
        'a detach that nova-api has let in sets no task state, and the lock that it takes is not taken by the resize',
    },
    { given: { first: 'delete', other: 'detach' }, because: 'both hold the lock of the server' },
    {
      given: { first: 'revert', other: 'detach' },
      violates: {
        [S2.name]: 71,
        [S7.name]: 80,
        [Q1.name]: 48,
        [Q2b.name]: 47,
        [Q5.name]: 76,
        [Q7.name]: 69,
        [Q9.name]: 78,
      },
      because: 'the same as with a resize',
    },
    {
      given: { first: 'revert', other: 'attach' },
      violates: {
        [S2.name]: 77,
        [S6.name]: 50,
        [S7.name]: 79,
        [S8.name]: 76,
        [Q1.name]: 144,
        [Q2b.name]: 69,
        [Q3.name]: 129,
        [Q4.name]: 129,
        [Q5.name]: 129,
        [Q7.name]: 83,
        [Q9.name]: 80,
      },
      because:
        'the attach works by the attachment that it was sent, the revert by those that it reads; each takes what the other makes',
    },
    {
      given: { first: 'shelve', other: 'attach' },
      violates: { [Q2b.name]: 73 },
      because:
        'the offload gives the mapping of the attach that waits for the lock another attachment. The attach fails by the one that it ' +
        'was sent, and destroys the mapping: the volume stays reserved',
    },
    { given: { first: 'reboot', other: 'attach' }, because: 'both hold the lock of the server' },
    { given: { first: 'reboot', other: 'detach' }, because: 'both hold the lock of the server' },
    {
      given: { first: 'reboot', other: 'detach', release: 'train' },
      violates: {
        [S2.name]: 37,
        [S6.name]: 32,
        [S7.name]: 40,
        [Q5.name]: 49,
        [Q9.name]: 49,
        [noneGivenWithoutDevice.name]: 32,
      },
      because: 'the same with a detach',
    },
    { given: { first: 'shelve', other: 'detach' }, because: 'both hold the lock of the server' },
    {
      given: { first: 'rebuild', other: 'detach' },
      violates: {
        [S2.name]: 88,
        [S6.name]: 83,
        [S7.name]: 91,
        [S10.name]: 75,
        [Q1.name]: 51,
        [Q2b.name]: 50,
        [Q4.name]: 85,
        [Q5.name]: 98,
        [Q9.name]: 85,
      },
      because: 'the same as with a resize',
    },
  ],
});
