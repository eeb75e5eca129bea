import { type LockedBy, seed } from './world.ts';

/**
 * Attach a volume as the second proof of concept does: create the attachment, which locks the
 * volume, then connect the host, then complete. Source: the seed mail of 2016 (docs/openstack.md
 * 4.2).
 */
export function attachFlow(lockedBy: LockedBy) {
  const locks = lockedBy === 'attach' || lockedBy === 'both';
  return seed.flow({
    name: 'attach',
    vars: (volume: string, host: string) => ({ volume, host }),
    steps: {
      start: {
        when: (state, self) => !locks || state.locks[self.host] === null,
        do: (state, self) => {
          if (locks) state.locks[self.host] = self.pid;
        },
      },
      attachment_create(state, { pid, volume, host }) {
        state.attachments[pid] = { volume, host, status: 'reserved' };
        state.volumes[volume] = { status: 'reserved' };
      },
      // os-brick finds the connection up and uses it, or logs in.
      connect_volume(state, { host }) {
        state.connections[host] = 'up';
      },
      attachment_complete(state, { pid, volume, host }) {
        state.attachments[pid] = { volume, host, status: 'attached' };
        state.volumes[volume] = { status: 'in-use' };
        if (locks) state.locks[host] = null;
      },
    },
  });
}
