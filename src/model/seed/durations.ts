import { type Durations, exponential } from '../../spec/duration.ts';

/**
 * How long the steps of the seed take, for `simulate --timed`: the time from when a step is enabled
 * until it takes effect. No published measurement of single steps is known but one, so the others
 * are assumptions, and every answer comes with its sensitivity to each. The shape is an assumption,
 * too: with exponential durations the answer can be computed exactly.
 */
export const seedDurations: Durations = {
  'attach.start': exponential(0.1, { assumed: 'nova-api checks the request and hands it over' }),
  'attach.attachment_create': exponential(0.2, {
    assumed: 'a REST request to Cinder that writes two rows',
  }),
  'attach.connect_volume': exponential(3, {
    assumed: 'an iSCSI login, and a scan until the device is there',
  }),
  'attach.attachment_complete': exponential(0.2, {
    assumed: 'a REST request to Cinder that writes two rows',
  }),
  'detach.start': exponential(0.1, { assumed: 'nova-api checks the request and hands it over' }),
  'detach.count_attachments': exponential(0.1, { assumed: 'a REST request to Cinder that reads' }),
  'detach.disconnect_volume': exponential(2, {
    assumed: 'the guest releases the device, buffers are flushed, the session is logged out',
  }),
  'detach.attachment_delete': exponential(0.5, {
    measured:
      'one request in a log of cinder-volume 17.1.9: the lock of detach_volume is held for 0.502 s ' +
      '(https://pastebin.com/Hp6Ztg8K, 2019)',
  }),
  'detach.count_disconnect': exponential(2, { assumed: 'as disconnect_volume' }),
  'detach.count_disconnect_delete': exponential(2.5, {
    assumed: 'as disconnect_volume and attachment_delete',
  }),
};
