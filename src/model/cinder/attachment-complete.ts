import { answering } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';
import { isHeard, notify } from './notify.ts';

/**
 * Nova says that the host is connected: the row becomes `attached`, the volume `in-use`. Cinder
 * uses two transactions and no lock, and writes the volume whatever its status is. Source:
 * cinder:cinder/api/v3/attachments.py@complete (docs/openstack.md 5.2, k1 to k4).
 */
export const attachmentComplete = model.flow({
  name: 'c-api.attachment_complete',
  vars: (attachment: string) => ({ attachment, volume: '', ...answering() }),
  steps: {
    load_attachment(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      self.volume = row.volume;
    },
    attachment_attached(cloud, self) {
      const row = cloud.attachments[self.attachment];
      if (row === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      row.status = 'attached';
    },
    volume_in_use(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume !== undefined) {
        volume.status = 'in-use';
        volume.attach_status = 'attached';
      }
      self.reply = { outcome: volume === undefined ? 'not_found' : 'ok' };
      const tells = cloud.switches.attach_end === 'at_complete' && isHeard(cloud, self.volume);
      if (!tells) return 'done';
    },
    notify_attach_end(cloud, self) {
      notify(cloud, self.volume, 'attach.end');
      return 'done';
    },
  },
});
