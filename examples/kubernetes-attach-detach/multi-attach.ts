/**
 * A ReadWriteOnce volume belongs to one node. Two pods on two nodes want it. What the guard against
 * a second attachment reads, and for what an operation is pending, decide whether it is kept.
 *
 * Source: kubernetes pkg/controller/volume/attachdetach/reconciler/reconciler.go
 * (attachDesiredVolumes, IsMultiAttachForbidden); pkg/volume/util/nestedpendingoperations.
 */
import { choice, spec } from 'racewright';

type NodeId = 'n1' | 'n2';
const nodes: readonly NodeId[] = ['n1', 'n2'];

interface World {
  /** Of each node: whether the actual state of the world has the volume there. */
  actual: Record<NodeId, 'detached' | 'uncertain' | 'attached'>;
  /** Whether an attach to the node is pending. */
  pending: Record<NodeId, boolean>;
  /** Whether the backend has the volume attached there. */
  attached: Record<NodeId, boolean>;
}
const world = spec<World>();

type Guard = 'none' | 'actual' | 'intended';
type Key = 'volume' | 'node';
const failures = ['no', 'times-out'] as const;
type Failure = (typeof failures)[number];

const reconciler = (guard: Guard, key: Key) =>
  world.flow({
    name: 'reconciler',
    vars: () => ({ node: 'n1' as NodeId }),
    steps: {
      attach_pending(state, self) {
        const asked = key === 'volume' ? nodes : [self.node];
        if (asked.some((node) => state.pending[node])) return 'next';
      },
      attach_actual(state, self) {
        if (state.actual[self.node] === 'attached') return 'next';
      },
      multi_attach(state, self) {
        if (guard === 'none') return;
        const seen = nodes.some((node) => {
          if (node === self.node) return false;
          // GetNodesForAttachedVolume names nodes where the attachment is confirmed.
          if (state.actual[node] === 'attached') return true;
          return (
            guard === 'intended' && (state.pending[node] || state.actual[node] === 'uncertain')
          );
        });
        if (seen) return 'next';
      },
      attach(state, self) {
        state.pending[self.node] = true;
      },
      next(_state, self) {
        self.node = self.node === 'n1' ? 'n2' : 'n1';
        return 'attach_pending';
      },
    },
  });

const operation = (node: NodeId, fails: Failure) =>
  world.flow({
    name: `attach to ${node}`,
    steps: {
      call: {
        when: ({ pending }) => pending[node],
        do(state, _self, pick) {
          state.attached[node] = true;
          if (fails === 'no' || state.actual[node] === 'uncertain') return;
          if (pick('call', ['returns', 'times out']) === 'times out') return 'mark_uncertain';
        },
      },
      mark(state) {
        state.actual[node] = 'attached';
        return 'end';
      },
      mark_uncertain(state) {
        state.actual[node] = 'uncertain';
      },
      end(state) {
        state.pending[node] = false;
        return 'call';
      },
    },
  });

const neither = () => ({ n1: false, n2: false });
const detached = () => ({ n1: 'detached', n2: 'detached' }) as const;
const twice = 'the volume is attached to two nodes';

export const kubernetesMultiAttach = world.scenario({
  name: 'kubernetes-multi-attach',
  about: 'Pods on two nodes want one ReadWriteOnce volume.',
  parameters: {
    guard: choice(['none', 'actual', 'intended']),
    pending: choice(['node', 'volume']),
    fails: choice(failures),
  },
  system: ({ guard, pending, fails }) => ({
    init: () => ({ actual: detached(), pending: neither(), attached: neither() }),
    processes: {
      loop: reconciler(guard, pending).start(),
      op1: operation('n1', fails).start(),
      op2: operation('n2', fails).start(),
    },
    final: ({ actual }) => actual.n1 === 'attached' || actual.n2 === 'attached',
    properties: [world.never(twice, ({ attached }) => attached.n1 && attached.n2)],
  }),
  expect: [
    ...failures.flatMap((fails) => [
      {
        given: { guard: 'none', pending: 'node', fails } as const,
        violates: { [twice]: 11 },
        reason: 'kubernetes PR#40148: nothing keeps two nodes apart',
      },
      {
        given: { guard: 'none', pending: 'volume', fails } as const,
        violates: { [twice]: 13 },
        reason: 'kubernetes PR#45346: a second attach begins when the first one has ended',
      },
      {
        given: { guard: 'actual', pending: 'node', fails } as const,
        violates: { [twice]: 11 },
        reason: 'kubernetes#73972: the guard reads what is written at the end of Attach',
      },
      {
        given: { guard: 'intended', pending: 'node', fails } as const,
        reason: 'kubernetes#73972, as proposed: the guard asks for what is intended as well',
      },
      {
        given: { guard: 'intended', pending: 'volume', fails } as const,
        reason: 'kubernetes#73972, as proposed',
      },
    ]),
    {
      given: { guard: 'actual', pending: 'volume', fails: 'no' },
      reason: 'kubernetes#73972, attachDesiredVolumes: one operation a ReadWriteOnce volume',
    },
    {
      given: { guard: 'actual', pending: 'volume', fails: 'times-out' },
      violates: { [twice]: 13 },
      reason: 'found by this model: GetNodesForAttachedVolume leaves out uncertain attachments',
    },
  ],
});
