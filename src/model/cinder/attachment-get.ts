import { answering } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';

/**
 * Shows one attachment: from here Nova takes connection_info when it refreshes a BDM. Source:
 * cinder:cinder/api/v3/attachments.py@show (docs/openstack.md 5.2).
 */
export const attachmentGet = model.flow({
  name: 'c-api.attachment_show',
  vars: (attachment: string) => ({ attachment, ...answering() }),
  steps: {
    attachment_show(cloud, self) {
      const row = cloud.attachments[self.attachment];
      const info = row?.connection_info ?? null;
      self.reply = { outcome: row === undefined ? 'not_found' : 'ok' };
      if (info !== null) self.reply.connection_info = info;
      return 'done';
    },
  },
});

/**
 * GET attachments of a server: the ids of its live rows. Source:
 * cinder:cinder/api/v3/attachments.py@index.
 */
export const attachmentList = model.flow({
  name: 'c-api.attachment_get_all',
  vars: (server: string) => ({ server, ...answering() }),
  steps: {
    attachment_get_all(cloud, self) {
      const rows = Object.entries(cloud.attachments);
      const ofServer = rows.filter(([, row]) => row.instance === self.server);
      const attachments = Object.fromEntries(ofServer.map(([id]) => [id, true]));
      self.reply = { outcome: 'ok', attachments };
      return 'done';
    },
  },
});
