import { send } from '../calls/calls.ts';
import { extendVolume } from '../cinder/extend.ts';
import { attachVolume } from '../nova/attach.ts';
import { detachVolume } from '../nova/detach.ts';
import { liveMigrate } from '../nova/live-migration.ts';
import { cloud as model } from '../world/cloud.ts';
import { isQuietFor } from '../world/services.ts';

/** The requests of a user or an operator afterwards. */
type Request = 'attach' | 'detach' | 'extend' | 'live-migrate';

/**
 * An operator waits until everything has come to rest and then makes one more request, which shows
 * what an operation has left behind. `dest` is the host of a live migration.
 */
export const askLater = model.flow({
  name: 'operator.ask_later',
  vars: (request: Request, server: string, volume: string, dest: string) => ({
    request,
    server,
    volume,
    dest,
  }),
  steps: {
    wait_until_quiet: {
      when: (cloud, self, processes) => isQuietFor(self.pid, processes, cloud),
      do: (_cloud, { pid, request, server, volume, dest }, _pick, processes) => {
        if (request === 'attach') send(processes, pid, attachVolume.start(server, volume));
        if (request === 'detach') send(processes, pid, detachVolume.start(server, volume));
        if (request === 'extend') send(processes, pid, extendVolume.start(volume));
        if (request === 'live-migrate') send(processes, pid, liveMigrate.start(server, dest));
        return 'done';
      },
    },
  },
});
