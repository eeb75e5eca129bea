import type { Entities } from './entities.ts';

type ServerOf<E extends Entities> = keyof E['servers'] & string;
type VolumeOf<E extends Entities> = keyof E['volumes'] & string;

/** The ids of what a scenario begins with, called after its servers and volumes. */
export interface Ids<E extends Entities> {
  /** `attachment-s1-v1`: the attachment of an attached pair. */
  attachment<S extends ServerOf<E>, V extends VolumeOf<E>>(
    server: S,
    volume: V,
  ): `attachment-${S}-${V}`;
  /** `bdm-s1-v1`: its block device mapping. */
  bdm<S extends ServerOf<E>, V extends VolumeOf<E>>(server: S, volume: V): `bdm-${S}-${V}`;
  /** `s1/v1`: the disk of a guest. */
  disk<S extends ServerOf<E>, V extends VolumeOf<E>>(server: S, volume: V): `${S}/${V}`;
  /** `migration-s1`: the resize or the evacuation that was there before. */
  migration<S extends ServerOf<E>>(server: S): `migration-${S}`;
}

/** The ids of what a request makes, called after its process. */
export interface MadeIds<P extends string> {
  /** `attachment-attach`; a second one of the same process is `attachment-attach-2`. */
  readonly attachment: `attachment-${P}`;
  readonly bdm: `bdm-${P}`;
  readonly migration: `migration-${P}`;
}

/**
 * The ids of what is there when a scenario with these entities begins. An editor offers the names
 * of its servers and volumes, and the compiler refuses others.
 *
 * @throws Error for a server or a volume that the entities do not have.
 */
export function idsOf<const E extends Entities>(entities: E): Ids<E> {
  const server = (id: string): string => known('server', id, entities.servers);
  const volume = (id: string): string => known('volume', id, entities.volumes);
  const ids = {
    attachment: (one: string, other: string) => `attachment-${server(one)}-${volume(other)}`,
    bdm: (one: string, other: string) => `bdm-${server(one)}-${volume(other)}`,
    disk: (one: string, other: string) => `${server(one)}/${volume(other)}`,
    migration: (one: string) => `migration-${server(one)}`,
  };
  // What each returns is the pattern of its type, filled in.
  return ids as unknown as Ids<E>;
}

function known(kind: string, id: string, table: { readonly [id: string]: unknown }): string {
  if (Object.hasOwn(table, id)) return id;
  throw new Error(
    `there is no ${kind} '${id}': the entities have ${Object.keys(table).join(', ')}`,
  );
}

/** The ids of what the request of a process makes: `madeBy('attach').attachment`. */
export const madeBy = <const P extends string>(process: P): MadeIds<P> => ({
  attachment: `attachment-${process}`,
  bdm: `bdm-${process}`,
  migration: `migration-${process}`,
});
