import type { Draft, Immutable } from '../../spec/draft.ts';
import {
  type DetachAtomic,
  type DetachOrder,
  type LockedBy,
  type SeedWorld,
  seed,
} from './world.ts';

interface DetachVariant {
  readonly lockedBy: LockedBy;
  readonly order: DetachOrder;
  readonly atomic: DetachAtomic;
}

type State = Draft<SeedWorld>;
type Vars = { volume: string; host: string; alone: boolean };
type Self = Vars & { readonly pid: string };

/**
 * Detach a volume: ask Cinder whether another attachment shares the connection, disconnect the host
 * if none does, delete the record. The variants are the fixes that the seed mail proposes.
 * Source: the seed mail of 2016 (docs/openstack.md 4.1, step 6).
 */
export function detachFlow({ lockedBy, order, atomic }: DetachVariant) {
  const locks = lockedBy === 'detach' || lockedBy === 'both';
  const start = {
    when: (state: Immutable<SeedWorld>, self: Self) => !locks || state.locks[self.host] === null,
    do: (state: State, self: Self) => {
      if (locks) state.locks[self.host] = self.pid;
      // begin_detaching: from here on no other request may rely on the volume.
      state.volumes[self.volume] = { status: 'detaching' };
      state.attachments[self.pid] = { volume: self.volume, host: self.host, status: 'detaching' };
    },
  };
  const named = {
    name: 'detach',
    vars: (volume: string, host: string): Vars => ({ volume, host, alone: false }),
  };
  /** The last step gives the lock back and forgets the answer of the count. */
  const last = (recipe: (state: State, self: Self) => void) => (state: State, self: Self) => {
    recipe(state, self);
    self.alone = false;
    if (locks) state.locks[self.host] = null;
  };

  if (atomic === 'count-disconnect-delete') {
    const everything = last((state, self) => {
      countAndDisconnect(state, self);
      attachmentDelete(state, self);
    });
    return seed.flow({ ...named, steps: { start, count_disconnect_delete: everything } });
  }
  if (order === 'delete-first') {
    const begin = { start, attachment_delete: attachmentDelete };
    return atomic === 'count-disconnect'
      ? seed.flow({ ...named, steps: { ...begin, count_disconnect: last(countAndDisconnect) } })
      : seed.flow({
          ...named,
          steps: { ...begin, count_attachments: count, disconnect_volume: last(disconnect) },
        });
  }
  const end = { attachment_delete: last(attachmentDelete) };
  return atomic === 'count-disconnect'
    ? seed.flow({ ...named, steps: { start, count_disconnect: countAndDisconnect, ...end } })
    : seed.flow({
        ...named,
        steps: { start, count_attachments: count, disconnect_volume: disconnect, ...end },
      });
}

/**
 * Nova asks Cinder: is mine the only attachment on this host? Nova keeps the answer, which may grow
 * old.
 */
function count(state: State, self: Self): void {
  self.alone = Object.entries(state.attachments).every(
    ([id, attachment]) => id === self.pid || attachment.host !== self.host,
  );
}

function disconnect(state: State, self: Self): void {
  if (self.alone) state.connections[self.host] = 'down';
}

/** Both steps in one: no step keeps the answer. */
function countAndDisconnect(state: State, self: Self): void {
  count(state, self);
  disconnect(state, self);
  self.alone = false;
}

function attachmentDelete(state: State, self: Self): void {
  delete state.attachments[self.pid];
  state.volumes[self.volume] = { status: 'available' };
}
