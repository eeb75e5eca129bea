import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { endResize, resizeServer } from '../../model/nova/cold-migrate.ts';
import { evacuate } from '../../model/nova/evacuate.ts';
import { rebootServer } from '../../model/nova/reboot.ts';
import { rebuildServer } from '../../model/nova/rebuild.ts';
import { unshelveServer } from '../../model/nova/shelve.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import {
  connectionsNameHostOfServer,
  noDeviceWithoutAttachment,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { choice } from '../../spec/parameters.ts';

const requests = {
  unshelve: unshelveServer.start('s1', 'h1'),
  evacuate: evacuate.start('s1', 'h2'),
  resize: resizeServer.start('s1', 'h2'),
  revert: endResize.start('s1', 'revert'),
  reboot: rebootServer.start('s1'),
  rebuild: rebuildServer.start('s1', ''),
} as const;

export const failedStart = cloudScenario({
  name: 'failed-start',
  about:
    'A guest does not start at the end of a move, a rebuild or a reboot. The libvirt driver ' +
    'disconnects its volumes by force before it raises. What Nova then does with the ' +
    'attachments differs from one request to the other.',
  release: '2026.1',
  parameters: {
    request: choice(['unshelve', 'evacuate', 'resize', 'revert', 'reboot', 'rebuild'], {
      about: 'the request that starts the guest',
    }),
    volume: choice(['own', 'shared'], { about: 'whether the volume is multiattach' }),
    flush: choice(['works', 'fails'], {
      about: 'whether the host can flush the device each time, or once cannot',
    }),
  },
  entities: ({ request, volume }) => ({
    servers: { s1: request === 'unshelve' ? null : 'h1' },
    volumes: { v1: { multiattach: volume === 'shared' } },
    attached: [['s1', 'v1']],
    ...(request === 'evacuate' ? { down: ['h1'], fenced: ['s1'] } : {}),
    ...(request === 'revert' ? { resized: { s1: 'h2' } } : {}),
  }),
  operations: ({ request }) => ({ request: requests[request] }),
  faults: ({ flush }) => ({ 'guest-refuses': 1, 'brick-error': flush === 'works' ? 0 : 1 }),
  reachable: [
    cloud.reachable('every request has ended, and no guest runs', ({ disks }, processes) => {
      const isOver = Object.values(processes).every((process) => process?.at === 'done');
      return isOver && Object.keys(disks).length === 0;
    }),
    cloud.never(
      'a device stays on a host whose guest did not start',
      ({ devices, disks }, processes) =>
        Object.values(processes).every((process) => process?.at === 'done') &&
        Object.keys(disks).length === 0 &&
        Object.keys(devices).length > 0,
    ),
  ],
  expect: [
    { given: { request: 'unshelve' }, reason: 'nova 18 reserves the volume again' },
    {
      given: { request: 'unshelve', release: 'queens' },
      violates: { [connectionsNameHostOfServer.name]: 47 },
      reason: 'nova 17: the attachment keeps the connector of the host',
    },
    {
      given: { request: 'unshelve', failed_start: 'network_only' },
      violates: {
        [noUnmapUnderDevice.name]: 52,
        [noDeviceWithoutAttachment.name]: 60,
        ['a device stays on a host whose guest did not start']: 60,
      },
      reason: 'before nova 15 only errors of the network led to the clean-up',
    },
    {
      given: { request: 'evacuate' },
      violates: { [connectionsNameHostOfServer.name]: 66 },
      reason: 'the server is in error on the dead host',
    },
    { given: { request: 'resize' }, reason: 'the server is in error on the new host' },
    { given: { request: 'revert' }, reason: 'the server is in error on the host that has it back' },
    ...(['unshelve', 'resize', 'revert'] as const).map((request) => ({
      given: { request, volume: 'shared' } as const,
      reason: 'the clean-up works too where Nova counts the servers of the volume',
    })),
    {
      given: { request: 'evacuate', volume: 'shared' },
      violates: { [connectionsNameHostOfServer.name]: 69 },
      reason: 'the server is in error on the dead host here too',
    },
    {
      given: { request: 'unshelve', flush: 'fails' },
      reason: 'the host removes the device by force',
    },
    {
      given: { request: 'unshelve', flush: 'fails', release: '2023.1' },
      violates: {
        [noUnmapUnderDevice.name]: 60,
        [noDeviceWithoutAttachment.name]: 68,
        ['a device stays on a host whose guest did not start']: 68,
      },
      reason: 'before nova 28 the device stays, and Nova exchanges the attachment',
    },
    {
      given: { request: 'resize', flush: 'fails' },
      violates: { ['a device stays on a host whose guest did not start']: 10 },
      reason:
        'the source disconnects without force: the resize ends there, and device and attachment ' +
        'stay',
    },
    {
      given: { request: 'resize', flush: 'fails', release: '2023.1' },
      violates: { ['a device stays on a host whose guest did not start']: 10 },
      reason:
        'the source keeps device and attachment; before nova 28 the device stays on the new ' +
        'host as well',
    },
    { given: { request: 'reboot' }, reason: 'the server is in error; another reboot repairs it' },
    { given: { request: 'rebuild' }, reason: 'the server is in error; a reboot repairs it' },
  ],
});
