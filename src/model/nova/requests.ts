import type { Process } from '../../spec/process.ts';
import type { Switches } from '../releases/switches.ts';
import { attachVolume } from './attach.ts';
import { detachVolume } from './detach.ts';
import { legacyAttachVolume } from './legacy-attach.ts';
import { legacyDetachVolume } from './legacy-detach.ts';

/** A user attaches a volume to a running server, with the flow that a release has. */
export const attachOf = (release: Switches, server: string, volume: string): Process =>
  isLegacy(release) ? legacyAttachVolume.start(server, volume) : attachVolume.start(server, volume);

/** A user detaches a volume from a running server, with the flow that a release has. */
export const detachOf = (release: Switches, server: string, volume: string): Process =>
  isLegacy(release) ? legacyDetachVolume.start(server, volume) : detachVolume.start(server, volume);

/** Before the attachments API: reserve, initialize_connection, attach. */
const isLegacy = (release: Switches): boolean => release.attach_api === 'legacy';
