/** A model of a user with a fault, and a point that it refuses. */
export const lossy = `
import { choice, spec } from 'racewright';
const net = spec<{ sent: { [id: string]: string } }>();
export const lossy = net.scenario({
  name: 'lossy',
  about: 'A message that may be lost.',
  parameters: { retries: choice([0, 1]) },
  refuses: ({ retries }) => (retries === 1 ? 'no client sends again' : undefined),
  system: () => ({
    init: () => ({ sent: { m1: 'sent' } }),
    faults: [net.fault({ name: 'message_lost', when: ({ sent }) => 'm1' in sent, do: (s) => { delete s.sent['m1']; } })],
    properties: [net.always('every message arrives', ({ sent }) => 'm1' in sent)],
    final: 'anywhere',
  }),
});`;
