import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import type { Entities } from '../../model/cloud-scenario/entities.ts';
import { attachVolume, attachVolumeOnConductor } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { refreshAttachment } from '../../model/nova/refresh.ts';
import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  volumeStatusFitsAttachments,
} from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';
import { runsOlder } from '../../model/world/versions.ts';
import { choice } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';

interface Mixed {
  readonly entities: Entities;
  readonly request: () => Process;
}

/** For each message, which service is too old for it, and the request that sends it. */
const messages: {
  readonly [message in 'detach_volume' | 'remove_volume_connection' | 'attach_volume']: Mixed;
} = {
  detach_volume: {
    entities: {
      servers: { s1: 'h1', s2: 'h2' },
      volumes: { v1: { multiattach: true } },
      attached: [
        ['s1', 'v1'],
        ['s2', 'v1'],
      ],
      oldStyle: [
        ['s1', 'v1'],
        ['s2', 'v1'],
      ],
    },
    request: () => detachVolume.start('s1', 'v1'),
  },
  remove_volume_connection: {
    entities: {
      servers: { s1: 'h1' },
      volumes: { v1: {} },
      attached: [['s1', 'v1']],
      stopped: ['s1'],
      versions: { h1: '2023.2' },
    },
    request: () => refreshAttachment.start('s1', 'v1', 'h1'),
  },
  attach_volume: {
    entities: {
      servers: { s1: 'h1' },
      volumes: { v1: {} },
      versions: { 'n-cond': '2025.2' },
    },
    request: () => attachVolume.start('s1', 'v1'),
  },
};

const renewed = cloud.never('the server has another attachment than before', ({ bdms }) =>
  Object.values(bdms).some(({ attachment_id: id }) => id !== null && id !== 'attachment-s1-v1'),
);

export const mixedRpc = cloudScenario({
  name: 'mixed-rpc',
  about:
    'A service leaves an argument out of a message, and tells no other service, if the ' +
    'receiver is too old to know it; or Nova refuses the request. The expectations say what ' +
    'a detach, a refresh by nova-manage, and an attach then leave behind.',
  release: '2026.1',
  parameters: {
    message: choice(['remove_volume_connection', 'detach_volume', 'attach_volume'], {
      about: 'the message that loses an argument or is not sent',
    }),
  },
  entities: ({ message }) => messages[message].entities,
  operations: ({ message }) => ({ request: messages[message].request() }),
  reachable: [
    renewed,
    cloud.reachable('the request has ended', (_cloud, processes) =>
      Object.values(processes).every((process) => process?.at === 'done'),
    ),
    cloud.never(
      'nova-api sends nova-conductor a message that it does not know',
      (state, processes) =>
        runsOlder(state, 'n-cond', '2026.1') &&
        Object.values(processes).some((process) => process?.flow === attachVolumeOnConductor.name),
    ),
  ],
  expect: [
    {
      given: { message: 'remove_volume_connection' },
      reason:
        'no step deletes the first attachment, so Cinder refuses the update of the second one ' +
        '(docs/openstack.md 10); nova-manage deletes the second at its end',
    },
    {
      given: { message: 'remove_volume_connection', refresh_deletes: 'nova-manage' },
      violates: { [renewed.name]: 42 },
      reason: 'nova-manage deletes the attachment itself, whatever version the nova-compute has',
    },
    {
      given: { message: 'detach_volume' },
      reason: 'the message names the row, since compute RPC 4.7 (nova 13)',
    },
    {
      given: { message: 'detach_volume', detach_names_row: 'no' },
      violates: {
        [volumeStatusFitsAttachments.name]: 36,
        [attachedVolumeIsWorkingDisk.name]: 36,
        [allAgreeOnAttachments.name]: 36,
      },
      reason:
        'Cinder refuses os-detach without an id where the volume has several attachments, and ' +
        'the volume stays `detaching` (docs/openstack.md 3.2)',
    },
    {
      given: { message: 'attach_volume' },
      reason:
        'nova-api does not send the message to a nova-conductor that does not know it: it ' +
        'answers 503, and nothing stays behind',
    },
  ],
});
