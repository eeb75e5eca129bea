import { cloud as model } from './cloud.ts';

/** An operator starts the nova-compute of a host again. It takes the messages that have waited for it. */
export const startCompute = model.flow({
  name: 'operator.start_compute',
  vars: (host: string) => ({ host }),
  steps: {
    start_compute(cloud, self) {
      delete cloud.down[self.host];
      return 'done';
    },
  },
});
