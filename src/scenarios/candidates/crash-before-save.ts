import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { attachVolumeOnCompute } from '../../model/nova/attach-compute.ts';
import { repairLater } from '../../model/operator/operator.ts';
import { noUnmapUnderDevice } from '../../model/properties/always.ts';
import { noDeviceWithoutAttachment } from '../../model/properties/at-rest.ts';
import { cloud } from '../../model/world/cloud.ts';

export const crashBeforeSave = cloudScenario({
  name: 'crash-before-save',
  about:
    'D22: nova-compute connects a volume and dies before it saves the connection, and a ' +
    'user deletes the server. Nova does not disconnect a mapping without connection_info, ' +
    'but deletes its attachment. The device stays over an unmapped LUN.',
  release: '2026.1',
  entities: () => ({ servers: { s1: 'h1' }, volumes: { v1: {} } }),
  operations: () => ({
    attach: attachVolume.start('s1', 'v1'),
    operator: repairLater.start('delete', 's1', 'v1'),
  }),
  crashes: () => [
    attachVolumeOnCompute.at('attach_to_guest'),
    attachVolumeOnCompute.at('save_connection_info'),
  ],
  reachable: [
    cloud.reachable(
      'the server is gone and the volume is free',
      ({ instances, volumes }) =>
        instances['s1'] === undefined && volumes['v1']?.status === 'available',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { [noUnmapUnderDevice.name]: 53, [noDeviceWithoutAttachment.name]: 60 },
      reason: 'no step disconnects: the model shows D22 on today’s master',
    },
  ],
});
