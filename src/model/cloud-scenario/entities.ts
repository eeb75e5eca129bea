import type { ReleaseName } from '../releases/release-names.ts';
import type { Instance } from '../world/cloud.ts';

/** The entities of a scenario and the attachments at its start. */
export interface Entities {
  /** Each server with the host on which it runs; null: it is shelved and offloaded. */
  readonly servers: { readonly [server: string]: string | null };
  readonly volumes: { readonly [volume: string]: VolumeOptions };
  /** Pairs of server and volume that are properly attached. */
  readonly attached?: readonly (readonly [server: string, volume: string])[];
  /**
   * Those of the attached pairs that are old-style, on a release that has the attachments API as
   * well.
   */
  readonly oldStyle?: readonly (readonly [server: string, volume: string])[];
  /** The volumes that servers had on their hosts before: Nova keeps the deleted mappings. */
  readonly detachedBefore?: readonly DetachedVolumeOptions[];
  /** Each port with its server; it is bound to the host of the server. */
  readonly ports?: { readonly [port: string]: string };
  /** Servers that are stopped; their volumes stay connected. */
  readonly stopped?: readonly string[];
  /** Servers whose guests have failed; their volumes stay connected. */
  readonly inError?: readonly string[];
  /** Servers that run, but whose row names no host any more (R41). */
  readonly lost?: readonly string[];
  /**
   * Servers with a task state that never ends: their nova-compute died during a request, and
   * nothing resets it.
   */
  readonly busy?: { readonly [server: string]: NonNullable<Instance['task_state']> };
  /** Servers that were resized and wait to be confirmed, each with the host from which it came. */
  readonly resized?: { readonly [server: string]: string };
  /** Servers that were evacuated, each with the host from which it came. */
  readonly evacuated?: { readonly [server: string]: string };
  /**
   * Servers whose guests were ended from outside, with the devices that no other guest uses; Nova
   * and Cinder do not know.
   */
  readonly fenced?: readonly string[];
  /** Sessions, as `host/target`, that exist twice, with the devices of the attached volumes. */
  readonly twice?: readonly string[];
  /** Volumes for which a listener receives the notifications of Cinder and Nova. */
  readonly heard?: readonly string[];
  /** Hosts whose nova-compute is down. */
  readonly down?: readonly string[];
  /**
   * The release of each nova-compute by host, and of `n-cond`, where services are of several
   * releases.
   */
  readonly versions?: { readonly [service: string]: ReleaseName };
}

export interface DetachedVolumeOptions {
  readonly server: string;
  readonly volume: string;
  /** The number that the volume had on that host; by now it may belong to another one. */
  readonly lun: number;
  readonly delete_on_termination: boolean;
}

export interface VolumeOptions {
  readonly multiattach?: boolean;
  /**
   * The target that serves it: `array`, which all such volumes share, when left out; `own` for one
   * of its own (LVM); `subsystem` for an NVMe-oF subsystem, `export` for an NFS export and `pool`
   * for a ScaleIO pool that all such volumes share.
   */
  readonly target?: 'array' | 'own' | 'subsystem' | 'export' | 'pool';
  /** Its status when nothing is attached: `available` when left out. */
  readonly status?: 'available' | 'error';
  /**
   * Cinder is moving it, or moving another one into it; or it changes the type, which Cinder does
   * in the same way.
   */
  readonly migrating?: boolean | 'retype';
  /** Cinder moved it earlier, and its row still says so. */
  readonly moved?: boolean;
}
