import { conversionOrders, convertOnline } from '../model/nova/convert-bdm.ts';
import { S2, S7, S8, S10 } from '../model/properties/always.ts';
import { Q1, Q7 } from '../model/properties/at-rest.ts';
import { situation } from '../model/situation.ts';
import { choice } from '../spec/parameters.ts';
import {
  conversionAnd,
  isAnsweredTwice,
  isConverted,
  oneOldAttachment,
  rivals,
} from './conversion.ts';

const guards = {
  none: {},
  recheck: { recheck: true },
  volume: { volume: true },
  'task-state': { task: true },
  lock: { lock: true },
  'lock-and-volume': { lock: true, volume: true },
  'lock-and-task-state': { lock: true, task: true },
} as const;

export const upgradeOnline = situation({
  name: 'upgrade-online',
  about:
    'The question of 2016: can nova-compute turn an old-style block device mapping into an attachment when an operation ' +
    'meets one? OpenStack never shipped it. In which order, and with which guard, does nothing break?',
  release: '2026.1',
  parameters: {
    order: choice(conversionOrders, { about: 'in which order the conversion does its steps' }),
    guard: choice(
      ['none', 'recheck', 'volume', 'task-state', 'lock', 'lock-and-volume', 'lock-and-task-state'],
      {
        default: 'lock-and-task-state',
        about: 'what keeps others away from server and volume meanwhile',
      },
    ),
    against: choice(rivals, { default: 'detach', about: 'what happens at the same time' }),
  },
  entities: oneOldAttachment,
  operations: ({ order, guard, against }) =>
    conversionAnd(against, () => convertOnline.start('s1', 'v1', 'h1', order, guards[guard])),
  reachable: [isConverted, isAnsweredTwice],
  expect: [
    {
      given: { guard: 'none', against: 'detach' },
      violates: { [S10.name]: 39, [Q1.name]: 53, [Q7.name]: 39 },
      because:
        'the row gets its connector while an old-style operation ends it, or too early for a new-style one: the mapping stays',
    },
    {
      given: { guard: 'recheck', against: 'detach' },
      violates: { [S10.name]: 39, [Q1.name]: 53, [Q7.name]: 39 },
      because: 'the BDM was still old-style when it was saved: what races is the update after that',
    },
    {
      given: { guard: 'volume', against: 'detach' },
      because: 'os-begin_detaching keeps a detach out',
    },
    {
      given: { guard: 'volume', against: 'delete' },
      violates: { [S10.name]: 41, [Q1.name]: 56, [Q7.name]: 45 },
      because: 'a delete never asks for os-begin_detaching',
    },
    {
      given: { guard: 'task-state', against: 'detach' },
      violates: { [S10.name]: 39, [Q1.name]: 53, [Q7.name]: 39 },
      because:
        'nova-api looked at the task state before it was taken, and nova-compute does not look again',
    },
    {
      given: { guard: 'lock', against: 'detach' },
      because: 'a detach reads the BDM under the same lock',
    },
    {
      given: { guard: 'lock', against: 'delete' },
      violates: { [Q7.name]: 61 },
      because:
        'a delete acts by the BDM that nova-api passed, which is old-style when the lock is free',
    },
    {
      given: { guard: 'lock', against: 'delete', delete_bdms: 'under_lock' },
      because: 'a delete that reads the BDMs under the lock needs no more than the lock',
    },
    { given: { guard: 'lock-and-task-state', against: 'nothing' }, because: 'the recommended way' },
    { given: { guard: 'lock-and-task-state', against: 'detach' }, because: 'the recommended way' },
    {
      given: { guard: 'lock-and-task-state', against: 'delete' },
      because:
        'a delete that began before the BDM is saved undoes nothing, as nothing is done; one after it passes the new BDM',
    },
    {
      given: { guard: 'lock-and-task-state', against: 'conversion' },
      because: 'the second finds nothing to convert',
    },
    {
      given: {
        order: 'reserve-save-update-remove',
        guard: 'lock-and-task-state',
        against: 'delete',
      },
      because: 'the BDM is saved before anything has a connector here as well',
    },
    {
      given: { order: 'adopt-update-save', guard: 'lock-and-task-state', against: 'delete' },
      violates: { [Q7.name]: 62 },
      because: 'the connector is there when the save is refused, and cannot be taken back',
    },
    {
      given: { order: 'create-save-remove', guard: 'lock-and-task-state', against: 'delete' },
      violates: { [S2.name]: 31, [S7.name]: 31, [S8.name]: 34 },
      because:
        'when the save is refused, deleting the new attachment unmaps the volume under the guest',
    },
    {
      given: { order: 'reserve-save-update-remove', guard: 'lock-and-volume', against: 'nothing' },
      violates: { [isConverted.name]: null, [isAnsweredTwice.name]: null },
      because: 'Cinder lets no further attachment in while the volume is detaching',
    },
  ],
});
