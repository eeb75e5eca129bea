import { attachVolume, cloud, cloudScenario, rebootServer } from 'racewright/openstack';

export const rebootWhileAttaching = cloudScenario({
  name: 'reboot-while-attaching',
  about: 'A server is rebooted while another volume is being attached to it.',
  release: '2026.1',
  entities: () => ({
    servers: { s1: 'h1' },
    volumes: { v1: {}, v2: {} },
    attached: [['s1', 'v1']],
  }),
  operations: () => ({
    reboot: rebootServer.start('s1'),
    attach: attachVolume.start('s1', 'v2'),
  }),
  reachable: [
    cloud.reachable('v2 is attached', ({ volumes }) => volumes['v2']?.status === 'in-use'),
  ],
});
