/**
 * The kubelet mounts a volume while the controller detaches it. They speak through two lists in the
 * status of the node: volumesAttached, which the controller writes, and volumesInUse, which the
 * kubelet writes.
 *
 * Source: kubernetes pkg/controller/volume/attachdetach/reconciler/reconciler.go (reconcile),
 * pkg/volume/util/operationexecutor/operation_generator.go (verifyVolumeIsSafeToDetach),
 * pkg/kubelet/volumemanager (GetVolumesInUse, WaitForAttachAndMount).
 */
import { choice, spec } from 'racewright';

interface Node {
  /** Whether there is a pod on the node that uses the volume. */
  pod: boolean;
  volumesAttached: boolean;
  volumesInUse: boolean;
  /** Whether the kubelet began to mount, or has mounted, the volume. */
  mount: 'none' | 'pending' | 'mounted';
  attached: boolean;
}
const node = spec<Node>();

type Detach = 'detach-first' | 'status-first' | 'verify';
const orders = ['attached-first', 'in-use-first'] as const;
const reports = ['wanted', 'wanted-or-pending'] as const;
type Kubelet = (typeof orders)[number];
type Report = (typeof reports)[number];

const controller = (detach: Detach) =>
  node.flow({
    name: 'controller',
    steps: {
      // MountedByNode is the controller's copy of volumesInUse.
      check: {
        when: ({ pod, attached, volumesInUse }) => !pod && attached && !volumesInUse,
        do() {
          if (detach === 'detach-first') return 'detach';
        },
      },
      updateNodeStatus(state) {
        state.volumesAttached = false;
        if (detach === 'status-first') return 'detach';
      },
      verifySafeToDetach(state) {
        if (!state.volumesInUse) return;
        state.volumesAttached = true;
        return 'check';
      },
      detach(state) {
        state.attached = false;
        if (detach !== 'detach-first') return 'attach';
      },
      updateAfterDetach(state) {
        state.volumesAttached = false;
      },
      attach: {
        when: ({ pod }) => pod,
        do(state) {
          state.attached = true;
          state.volumesAttached = true;
          return 'check';
        },
      },
    },
  });

const kubelet = (order: Kubelet) =>
  node.flow({
    name: 'kubelet',
    steps: {
      start: {
        when: ({ pod }) => pod,
        do() {
          if (order === 'attached-first') return 'waitForAttach';
        },
      },
      reportInUse(state) {
        state.volumesInUse = true;
        if (order === 'attached-first') return 'mount';
      },
      waitForAttach: {
        when: ({ volumesAttached, pod }) => volumesAttached || !pod,
        do({ pod }) {
          if (!pod) return 'unmount';
          if (order === 'attached-first') return 'reportInUse';
        },
      },
      mount(state) {
        state.mount = 'pending';
      },
      mounted(state) {
        state.mount = 'mounted';
      },
      unmount: {
        when: ({ pod }) => !pod,
        do(state) {
          state.mount = 'none';
        },
      },
      reportUnused(state) {
        state.volumesInUse = false;
        return 'start';
      },
    },
  });

/** Before PR#71145 a mount that is still pending was not in use once its pod was deleted. */
const syncStatus = (report: Report) =>
  node.action({
    actor: 'kubelet',
    name: 'syncStatus',
    when: ({ pod, mount, volumesInUse }) =>
      report === 'wanted' && !pod && mount === 'pending' && volumesInUse,
    do(state) {
      state.volumesInUse = false;
    },
  });

const makePod = node.fault({
  name: 'makePod',
  when: ({ pod }) => !pod,
  do(state) {
    state.pod = true;
  },
});
const deletePod = node.fault({
  name: 'deletePod',
  when: ({ pod }) => pod,
  do(state) {
    state.pod = false;
  },
});

const pulled = 'a volume is detached while it is mounted or mounting';

export const kubernetesMount = node.scenario({
  name: 'kubernetes-mount',
  about: 'A pod was deleted, and its volume is about to be detached. A new pod wants it.',
  parameters: {
    detach: choice(['detach-first', 'status-first', 'verify']),
    kubelet: choice(orders),
    report: choice(reports),
  },
  system: ({ detach, kubelet: order, report }) => ({
    init: () => ({
      pod: false,
      volumesAttached: true,
      volumesInUse: false,
      mount: 'none',
      attached: true,
    }),
    processes: { controller: controller(detach).start(), kubelet: kubelet(order).start() },
    actions: [syncStatus(report)],
    faults: [makePod, deletePod],
    final: ({ pod, mount, attached }) => (pod ? mount === 'mounted' : !attached),
    properties: [
      node.never(pulled, ({ mount, attached }) => mount !== 'none' && !attached),
      node.reachable('the volume is mounted', ({ mount }) => mount === 'mounted'),
      node.reachable('the volume is detached', ({ attached }) => !attached),
    ],
  }),
  expect: [
    ...orders.flatMap((order) =>
      reports.flatMap((report) => [
        {
          given: { detach: 'detach-first', kubelet: order, report } as const,
          violates: { [pulled]: 7 },
          reason: 'kubernetes#27836: the detach begins before volumesAttached says so',
        },
        {
          given: { detach: 'status-first', kubelet: order, report } as const,
          violates: { [pulled]: 8 },
          reason: 'kubernetes PR#28095: the controller must ask for a fresh volumesInUse',
        },
      ]),
    ),
    ...reports.map((report) => ({
      given: { detach: 'verify', kubelet: 'attached-first', report } as const,
      violates: { [pulled]: 9 },
      reason: 'kubernetes PR#28095: the kubelet must write volumesInUse before it reads',
    })),
    {
      given: { detach: 'verify', kubelet: 'in-use-first', report: 'wanted' },
      violates: { [pulled]: 11 },
      reason: 'kubernetes#70319: a pending mount is no longer in use once its pod is deleted',
    },
    {
      given: { detach: 'verify', kubelet: 'in-use-first', report: 'wanted-or-pending' },
      reason: 'kubernetes PR#28095 and PR#71145: each side writes before it reads',
    },
  ],
});
