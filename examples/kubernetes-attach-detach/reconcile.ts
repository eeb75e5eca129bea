/**
 * The loop of the attach/detach controller reads the actual state of the world and asks whether an
 * operation is pending. The operation writes the actual state and then stops being pending, at the
 * same time.
 *
 * Source: kubernetes pkg/controller/volume/attachdetach/reconciler/reconciler.go (reconcile,
 * attachDesiredVolumes), before and after PR#94599; pkg/volume/util/operationexecutor
 * (GenerateAttachVolumeFunc, GenerateDetachVolumeFunc).
 */
import { choice, spec } from 'racewright';

interface World {
  /** Whether a pod on the node wants the volume. */
  desired: boolean;
  /** Whether the actual state of the world has the volume on the node. */
  actual: boolean;
  /** The operation that is pending for the volume. */
  pending: 'none' | 'attach' | 'detach';
  /** Whether the backend has the volume attached to the node. */
  attached: boolean;
}
const world = spec<World>();

type Order = 'actual-first' | 'pending-first';

const reconciler = (order: Order) =>
  world.flow({
    name: 'reconciler',
    vars: () => ({ listed: false }),
    steps: {
      // GetAttachedVolumes, and VolumeExists for each of them.
      list_attached(state, self) {
        self.listed = state.actual && !state.desired;
        if (!self.listed) return 'list_desired';
      },
      detach_pending(state, self) {
        if (state.pending === 'none') return;
        self.listed = false;
        return 'list_desired';
      },
      // Since PR#94599, GetAttachState is asked again once no operation is pending.
      detach(state, self) {
        self.listed = false;
        if (order === 'actual-first' || state.actual) state.pending = 'detach';
      },
      // GetVolumesToAttach.
      list_desired(state) {
        if (!state.desired) return 'list_attached';
        if (order === 'pending-first') return 'attach_pending';
      },
      attach_actual(state) {
        if (state.actual) return 'list_attached';
        if (order === 'pending-first') return 'attach';
      },
      attach_pending(state) {
        if (state.pending !== 'none') return 'list_attached';
        if (order === 'pending-first') return 'attach_actual';
      },
      attach(state) {
        // The loop is one goroutine: no other one starts operations.
        state.pending = 'attach';
        return 'list_attached';
      },
    },
  });

/** The goroutine of an operation: it calls the backend, marks the result, and ends. */
const operation = world.flow({
  name: 'operation',
  steps: {
    call: {
      when: ({ pending }) => pending !== 'none',
      do(state) {
        state.attached = state.pending === 'attach';
      },
    },
    mark(state) {
      state.actual = state.pending === 'attach';
    },
    end(state) {
      state.pending = 'none';
      return 'call';
    },
  },
});

/** A pod that uses the volume is deleted, or made. */
const pods = world.fault({
  name: 'pods',
  times: 2,
  do(state) {
    state.desired = !state.desired;
  },
});

export const kubernetesReconcile = world.scenario({
  name: 'kubernetes-reconcile',
  about: 'The controller attaches one volume to one node, while pods come and go.',
  parameters: { order: choice(['actual-first', 'pending-first']) },
  system: ({ order }) => ({
    init: () => ({ desired: true, actual: false, pending: 'none', attached: false }),
    processes: { loop: reconciler(order).start(), operation: operation.start() },
    faults: [pods],
    final: ({ desired, actual, attached, pending }) =>
      pending === 'none' && desired === actual && desired === attached,
    properties: [
      world.step(
        'an attach begins for a detached volume',
        (before, _action, after) =>
          before.pending !== 'none' || after.pending !== 'attach' || !before.actual,
      ),
      world.step(
        'a detach begins for an attached volume',
        (before, _action, after) =>
          before.pending !== 'none' || after.pending !== 'detach' || before.actual,
      ),
      world.reachable('a detach begins', ({ pending }) => pending === 'detach'),
    ],
  }),
  expect: [
    {
      given: { order: 'actual-first' },
      violates: {
        'an attach begins for a detached volume': 13,
        'a detach begins for an attached volume': 19,
      },
      reason: 'kubernetes#93902: the operation ends between the two questions',
    },
    {
      given: { order: 'pending-first' },
      reason: 'kubernetes PR#94599: where nothing is pending, the actual state is final',
    },
  ],
});
