import { answering } from '../calls.ts';
import { cloud as model } from '../cloud.ts';

/**
 * Shows one attachment: where Nova takes connection_info from when it refreshes a BDM.
 * Source: cinder:cinder/api/v3/attachments.py@show (DOMAIN.md 5.2).
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
