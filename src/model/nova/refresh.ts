import { type Caller, calling, calls } from '../calls/calls.ts';
import { attachmentComplete } from '../cinder/attachment-complete.ts';
import { attachmentCreate } from '../cinder/attachment-create.ts';
import { attachmentDelete } from '../cinder/attachment-delete.ts';
import { attachmentGet } from '../cinder/attachment-get.ts';
import { attachmentUpdate } from '../cinder/attachment-update.ts';
import { type ConnectionInfo, cloud as model } from '../world/cloud.ts';
import { free, release, take } from '../world/locks.ts';
import { runsOlder } from '../world/versions.ts';
import { bdmOf } from './lookup.ts';
import { notFoundIsIgnored } from './not-found.ts';
import { removeVolumeConnection } from './remove-volume-connection.ts';

interface Refreshing extends Caller {
  readonly server: string;
  readonly volume: string;
  /** The host of the connector that the operator gives. */
  readonly connector: string;
  bdm: string;
  old: string;
  attachment: string;
  info: ConnectionInfo | null;
}

const { rest, rpc } = calls<Refreshing>();

/**
 * An operator has nova-manage renew the attachment of a stopped server, with a connector that the
 * operator gives. Since nova 29 it must be that of the host of the server. The command locks the
 * server, so a second one waits. At the end it checks whether mapping and attachment belong
 * together, also after a failure. Simplified: nova-manage deletes the old attachment also where the
 * nova-compute that it calls does so (switch refresh_deletes); nothing comes between the two.
 * Source: nova:nova/cmd/manage.py@VolumeAttachmentCommands.refresh, @_refresh, @_do_refresh
 * (docs/openstack.md 8.16; bug 2012365).
 */
export const refreshAttachment = model.flow({
  name: 'operator.volume_attachment_refresh',
  vars: (server: string, volume: string, connector: string): Refreshing => ({
    server,
    volume,
    connector,
    bdm: '',
    old: '',
    attachment: '',
    info: null,
    ...calling(),
  }),
  steps: {
    lock_server: {
      when: (cloud, self) => free(cloud, `locked/${self.server}`),
      do: (cloud, self) => {
        const instance = cloud.instances[self.server];
        const [id, bdm] = bdmOf(cloud.bdms, self.server, self.volume) ?? [];
        if (instance?.vm_state !== 'stopped' || id === undefined) return 'done';
        const checks = cloud.switches.refresh_checks === 'host';
        if (checks && instance.host !== self.connector) return 'done';
        take(cloud, `locked/${self.server}`, self.pid);
        self.bdm = id;
        self.old = bdm?.attachment_id ?? '';
      },
    },
    ...rest('attachment_create', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null),
      ok: (_cloud, self, reply) => {
        self.attachment = reply.attachment ?? '';
      },
      otherwise: 'get_bdm',
    }),
    ...rpc<'remove_volume_connection', 'attachment_update' | 'get_bdm'>(
      'remove_volume_connection',
      {
        to: (cloud, self) => {
          const host = cloud.instances[self.server]?.host ?? '';
          return removeVolumeConnection.start(self.server, self.volume, host);
        },
        ok: (cloud, self) => {
          const host = cloud.instances[self.server]?.host ?? '';
          const asks = cloud.switches.refresh_deletes === 'n-cpu';
          // An older nova-compute gets the message without the argument, and no service learns of
          // it.
          if (asks && runsOlder(cloud, host, '2024.1')) return 'attachment_update';
        },
        otherwise: 'get_bdm',
      },
    ),
    ...rest('attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.old, 'service'),
      accepts: notFoundIsIgnored,
      otherwise: 'get_bdm',
      repeated: 'delete_repeated',
    }),
    ...rest('attachment_update', {
      to: (_cloud, self) => attachmentUpdate.start(self.attachment, self.connector, 'controller'),
      ok: (_cloud, self, reply) => {
        self.info = reply.connection_info ?? null;
      },
      otherwise: 'get_bdm',
      repeated: 'update_repeated',
    }),
    save_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'get_bdm';
      bdm.attachment_id = self.attachment;
      bdm.connection_info = self.info;
    },
    ...rest('attachment_complete', {
      to: (_cloud, self) => attachmentComplete.start(self.attachment),
      otherwise: 'get_bdm',
    }),
    // In every case nova-manage deletes an attachment that the mapping does not name, and creates
    // one for a mapping that has none. A mapping that is gone raises one more exception.
    get_bdm(cloud, self) {
      const bdm = cloud.bdms[self.bdm];
      if (bdm === undefined) return 'unlock_server';
      self.old = bdm.attachment_id ?? '';
      if (self.attachment === '' || self.attachment === self.old) return 'attachment_get';
    },
    ...rest('new_attachment_delete', {
      to: (_cloud, self) => attachmentDelete.start(self.attachment, 'service'),
      accepts: notFoundIsIgnored,
      otherwise: 'unlock_server',
      repeated: 'delete_repeated',
    }),
    ...rest<'attachment_get', 'unlock_server'>('attachment_get', {
      to: (_cloud, self) => attachmentGet.start(self.old),
      ok: () => 'unlock_server',
      otherwise: (_cloud, _self, outcome) =>
        outcome === 'not_found' ? undefined : 'unlock_server',
    }),
    ...rest('attachment_create_again', {
      to: (_cloud, self) => attachmentCreate.start(self.volume, self.server, null, '-again'),
      ok: (cloud, self, reply) => {
        const bdm = cloud.bdms[self.bdm];
        if (bdm === undefined) return;
        bdm.attachment_id = reply.attachment ?? '';
        bdm.connection_info = null;
      },
      otherwise: 'unlock_server',
    }),
    unlock_server(cloud, self) {
      self.bdm = '';
      self.old = '';
      self.attachment = '';
      self.info = null;
      release(cloud, `locked/${self.server}`, self.pid);
      return 'done';
    },
  },
});
