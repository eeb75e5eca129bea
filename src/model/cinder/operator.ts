import { answering } from '../calls.ts';
import { cloud as model } from '../cloud.ts';
import { rowsOf, type VolumeStatus } from './statuses.ts';

/**
 * os-reset_status: an operator writes the status of a volume, with no compare-and-swap. `attachments`: 'gone' when
 * attach_status is set to detached as well, which soft-deletes every row without asking a driver or Nova.
 * Source: cinder:cinder/api/contrib/admin_actions.py@_reset_status (DOMAIN.md 8.12).
 */
export const resetStatus = model.flow({
  name: 'c-api.reset_status',
  vars: (volume: string, status: VolumeStatus, attachments: 'kept' | 'gone') => ({
    volume,
    status,
    attachments,
    ...answering(),
  }),
  steps: {
    // in-use is refused for a volume that has no attachments.
    validate_update(cloud, self) {
      const rows = rowsOf(cloud.attachments, self.volume);
      if (cloud.volumes[self.volume] !== undefined && (self.status !== 'in-use' || rows.length > 0))
        return;
      self.reply = { outcome: 'bad_request' };
      return 'done';
    },
    reset_status(cloud, self) {
      const volume = cloud.volumes[self.volume];
      if (volume === undefined) return 'done';
      volume.status = self.status;
      if (self.attachments === 'kept') return 'answer';
    },
    // Each row that ends recomputes attach_status and status, so the status that was asked for may not last.
    attachments_detached(cloud, self) {
      const volume = cloud.volumes[self.volume];
      for (const [id] of rowsOf(cloud.attachments, self.volume)) delete cloud.attachments[id];
      if (volume === undefined) return;
      volume.attach_status = 'detached';
      volume.status = 'available';
    },
    answer(_cloud, self) {
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});
