import { extendVolume } from '../../model/cinder/extend.ts';
import { cloudScenario } from '../../model/cloud-scenario/cloud-scenario.ts';
import { attachVolume } from '../../model/nova/attach.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { cloud } from '../../model/world/cloud.ts';

export const extendByStaleLun = cloudScenario({
  name: 'extend-by-stale-lun',
  about:
    'D19: a user extends a volume while it is detached and another one is attached. The ' +
    'host extends by the LUN number that it read before, and holds no lock that a detach or ' +
    'an attach holds.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    extend: extendVolume.start('v1'),
    detach: detachVolume.start('s1', 'v1'),
    attach: attachVolume.start('s1', 'v2'),
  }),
  reachable: [
    cloud.step(
      'the host extends no device but that of the volume',
      ({ devices }, { actor = '', label }, _after, { before }) => {
        const vars = before[actor]?.vars ?? {};
        const { connection } = vars;
        if (label !== 'extend_device' || typeof connection !== 'object' || connection === null)
          return true;
        const { target, lun } = { target: '', lun: -1, ...connection };
        return (devices[`${vars['host']}/${target}/${lun}`] ?? vars['volume']) === vars['volume'];
      },
    ),
    cloud.reachable(
      'the device of the volume is extended',
      (_state, processes) => processes['extend/n-cpu']?.at === 'extend_device',
    ),
  ],
  expect: [
    {
      given: { release: '2026.1' },
      violates: { ['the host extends no device but that of the volume']: 69 },
      reason:
        'the model shows D19 on today’s master: the LUN number belongs to the other volume by ' +
        'then',
    },
  ],
});
