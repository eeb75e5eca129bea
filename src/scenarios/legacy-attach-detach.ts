import { cloud } from '../model/cloud.ts';
import { cloudScenario } from '../model/cloud-scenario.ts';
import { faultNames } from '../model/faults.ts';
import { attachOf, detachOf } from '../model/nova/requests.ts';
import { Q1, Q2, Q2b, Q4, Q5, Q6, Q7, Q9 } from '../model/properties/at-rest.ts';
import { choice } from '../spec/parameters.ts';

export const legacyAttachDetach = cloudScenario({
  name: 'legacy-attach-detach',
  about:
    'A volume is attached, or detached, as before the attachments API: reserve, initialize_connection, os-attach; ' +
    'terminate_connection, os-detach. What one failure of each kind leaves behind.',
  release: 'pike',
  parameters: {
    asked: choice(['attach', 'detach'], { about: 'what the user asks for' }),
    fault: choice(['none', ...faultNames], { about: 'what fails, once, at any moment' }),
  },
  entities: ({ asked }) => ({
    servers: { s1: 'h1' },
    volumes: { v1: {} },
    attached: asked === 'detach' ? [['s1', 'v1']] : [],
  }),
  operations: ({ asked }, release) =>
    asked === 'attach'
      ? { attach: attachOf(release, 's1', 'v1') }
      : { detach: detachOf(release, 's1', 'v1') },
  faults: ({ fault }) => (fault === 'none' ? {} : { [fault]: 1 }),
  reachable: [
    cloud.reachable('the user has what was asked for', ({ volumes, disks, bdms }, processes) => {
      const connected = disks['s1/v1'] !== undefined;
      const isDone = Object.values(processes).every((process) => process?.at === 'done');
      const detached = processes['detach/n-cpu'] !== undefined && !connected;
      const wanted = connected ? 'in-use' : 'available';
      const isAsked = connected ? processes['attach'] !== undefined : detached;
      const isSaved = connected === Object.keys(bdms).length > 0;
      return isDone && isAsked && isSaved && volumes['v1']?.status === wanted;
    }),
  ],
  expect: [
    {
      given: { asked: 'attach', fault: 'none' },
      states: 39,
      because: 'the flow is right when nothing fails',
    },
    {
      given: { asked: 'attach', fault: 'cast-lost' },
      violates: { [Q1.name]: 12, [Q2.name]: 12, [Q9.name]: 12 },
      because: 'the volume stays attaching, and the BDM refuses another attach (LA5)',
    },
    {
      given: { asked: 'attach', fault: 'crash' },
      violates: {
        [Q1.name]: 10,
        [Q2.name]: 7,
        [Q5.name]: 25,
        [Q6.name]: 24,
        [Q7.name]: 21,
        [Q9.name]: 7,
      },
      because: 'no service repairs what it left half done',
    },
    {
      given: { asked: 'attach', fault: 'rest-500' },
      violates: { [Q1.name]: 12, [Q2b.name]: 63, [Q4.name]: 63, [Q7.name]: 27, [Q9.name]: 63 },
      because:
        'os-attach goes on when Nova has given it up, and os-detach, under a lock of another name, may come before it',
    },
    {
      given: { asked: 'attach', fault: 'rpc-timeout' },
      violates: { [Q2.name]: 8, [Q2b.name]: 63, [Q4.name]: 63, [Q7.name]: 27, [Q9.name]: 8 },
      because: 'the same; and a BDM that is inserted after the time-out stays (LA2)',
    },
    {
      given: { asked: 'attach', fault: 'driver-error' },
      because: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'brick-error' },
      because: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'guest-refuses' },
      because: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'attach', fault: 'conductor-error' },
      violates: { [Q1.name]: 12 },
      because: 'the BDM is destroyed and the volume stays attaching (LA5)',
    },
    {
      given: { asked: 'attach', fault: 'encryptor-error' },
      because: 'the failure handlers put everything back',
    },
    {
      given: { asked: 'detach', fault: 'none' },
      states: 35,
      because: 'the flow is right when nothing fails',
    },
    {
      given: { asked: 'detach', fault: 'cast-lost' },
      violates: { [Q1.name]: 9 },
      because: 'the volume stays detaching (LD2)',
    },
    {
      given: { asked: 'detach', fault: 'crash' },
      violates: { [Q1.name]: 7, [Q2b.name]: 25, [Q4.name]: 12, [Q6.name]: 16, [Q9.name]: 12 },
      because: 'no service repairs what it left half done',
    },
    {
      given: { asked: 'detach', fault: 'rest-500' },
      violates: { [Q1.name]: 8, [Q4.name]: 25, [Q9.name]: 25 },
      because: 'begin_detaching and terminate_connection are not sent again (LD1, LD5)',
    },
    {
      given: { asked: 'detach', fault: 'rpc-timeout' },
      violates: { [Q1.name]: 24, [Q4.name]: 24, [Q9.name]: 24 },
      because: 'a failed terminate_connection leaves the volume detaching (LD5)',
    },
    {
      given: { asked: 'detach', fault: 'driver-error' },
      violates: { [Q1.name]: 24, [Q2b.name]: 33, [Q4.name]: 24, [Q9.name]: 24 },
      because: 'a failed terminate_connection leaves the volume detaching (LD5)',
    },
    {
      given: { asked: 'detach', fault: 'brick-error' },
      violates: { [Q4.name]: 21, [Q9.name]: 21 },
      because: 'a failed disconnect rolls the volume back, but the guest has lost the disk',
    },
    {
      given: { asked: 'detach', fault: 'guest-refuses' },
      because: 'roll_detaching puts everything back',
    },
    {
      given: { asked: 'detach', fault: 'export-error' },
      violates: { [Q1.name]: 34, [Q2b.name]: 34, [Q4.name]: 34, [Q9.name]: 34 },
      because: 'the BDM is gone when os-detach fails (LD7)',
    },
  ],
});
