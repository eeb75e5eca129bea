import { send } from '../calls/calls.ts';
import { cloud as model } from '../world/cloud.ts';
import { isQuietFor } from '../world/services.ts';
import type { ConversionRules } from './conversion-guards.ts';
import { type ConversionOrder, convertOffline, convertOnline } from './convert-bdm.ts';
import { detachVolume } from './detach.ts';

/** The request after a conversion and its rival have ended. */
export const laterActions = ['nothing', 'conversion', 'detach'] as const;

interface Later {
  readonly server: string;
  readonly volume: string;
  readonly host: string;
  readonly order: ConversionOrder;
  readonly rules: ConversionRules;
  readonly conversion: 'online' | 'offline' | 'none';
  readonly detach: boolean;
}

/** How often an operator tries. */
const runsMax = 3;

/**
 * An operator waits until everything has come to rest, then has a half converted attachment
 * converted, and again when that fails or dies; then the user detaches the volume: the next request
 * shows what a conversion has left behind.
 */
export const convertLater = model.flow({
  name: 'operator.convert_later',
  vars: (later: Later) => ({ ...later, runs: 0, sent: '' }),
  steps: {
    wait_until_quiet: {
      when: (cloud, self, processes) => isQuietFor(self.pid, processes, cloud),
      do: (_cloud, self, _pick, processes) => {
        const { conversion, server, volume, host, order, rules } = self;
        const answer = processes.get(self.sent)?.vars['answer'];
        const isOver = self.runs > 0 && answer !== undefined && answer !== 'failed';
        if (conversion === 'none' || isOver || self.runs === runsMax) return;
        const convert = conversion === 'online' ? convertOnline : convertOffline;
        self.sent = send(processes, self.pid, convert.start(server, volume, host, order, rules));
        self.runs += 1;
        return 'wait_until_quiet';
      },
    },
    detach_volume(_cloud, { pid, detach, server, volume }, _pick, processes) {
      if (detach) send(processes, pid, detachVolume.start(server, volume));
      return 'done';
    },
  },
});
