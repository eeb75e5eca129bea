/**
 * The controller crashes and starts again with an empty memory, and a pod is deleted meanwhile.
 * What the controller reads then decides whether it detaches the volume.
 *
 * Source: kubernetes pkg/controller/volume/attachdetach/attach_detach_controller.go
 * (populateActualStateOfWorld, processVolumeAttachments), reconciler/reconciler.go (reconcile),
 * pkg/volume/csi/csi_attacher.go (Attach, Detach).
 */
import { choice, spec, weaklyFair } from 'racewright';

interface World {
  /** Whether there is a pod on the node that uses the volume. */
  pod: boolean;
  actual: 'detached' | 'uncertain' | 'attached';
  /** The operation in the memory of the controller, and how far it is. */
  pending: 'none' | 'attach' | 'attach called' | 'detach' | 'detach called';
  /** Whether node.status.volumesAttached has the volume. */
  reported: boolean;
  /** The VolumeAttachment, which only CSI has; `deleting` has a deletion timestamp. */
  attachment: 'absent' | 'present' | 'deleting';
  attached: boolean;
}
const world = spec<World>();

type Plugin = 'in-tree' | 'csi';
type Recover = 'nothing' | 'node-status' | 'attachments';

const start = world.action({
  actor: 'controller',
  name: 'start',
  when: ({ pending, pod, actual }) =>
    pending === 'none' && (pod ? actual !== 'attached' : actual !== 'detached'),
  do(state) {
    state.pending = state.pod ? 'attach' : 'detach';
    // Before a detach, the volume leaves the status of the node.
    if (!state.pod) state.reported = false;
  },
});

/** In-tree plugins call the backend; CSI writes or deletes a VolumeAttachment. */
const call = (plugin: Plugin) =>
  world.action({
    actor: 'controller',
    name: 'call',
    when: ({ pending, attachment }) =>
      (pending === 'attach' && attachment !== 'deleting') || pending === 'detach',
    do(state) {
      const attach = state.pending === 'attach';
      if (plugin === 'in-tree') state.attached = attach;
      else if (attach) state.attachment = 'present';
      else if (state.attachment === 'present') state.attachment = 'deleting';
      state.pending = attach ? 'attach called' : 'detach called';
    },
  });

/** The external attacher of the CSI driver goes by the VolumeAttachment, not by the controller. */
const publish = world.action({
  actor: 'attacher',
  name: 'publish',
  when: ({ attachment, attached }) => attachment === 'present' && !attached,
  do(state) {
    state.attached = true;
  },
});
const unpublish = world.action({
  actor: 'attacher',
  name: 'unpublish',
  when: ({ attachment }) => attachment === 'deleting',
  do(state) {
    state.attached = false;
    state.attachment = 'absent';
  },
});

const mark = world.action({
  actor: 'controller',
  name: 'mark',
  when: ({ pending, attached }) =>
    (pending === 'attach called' && attached) || (pending === 'detach called' && !attached),
  do(state) {
    state.actual = state.pending === 'attach called' ? 'attached' : 'detached';
    state.pending = 'none';
  },
});
const updateNodeStatus = world.action({
  actor: 'controller',
  name: 'updateNodeStatus',
  when: ({ actual, pending, reported }) => actual === 'attached' && pending === 'none' && !reported,
  do(state) {
    state.reported = true;
  },
});

const deletePod = world.fault({
  name: 'deletePod',
  when: ({ pod }) => pod,
  do(state) {
    state.pod = false;
  },
});
/** A crash and the start after it, with whatever happened to the pod in between. */
const crash = (recover: Recover) =>
  world.fault({
    name: 'crash',
    do(state, pick) {
      if (state.pod) state.pod = pick('pod', ['stays', 'is deleted']) === 'stays';
      state.pending = 'none';
      state.actual = 'detached';
      if (recover === 'nothing') return;
      if (state.reported) state.actual = 'attached';
      else if (recover === 'attachments' && state.attachment !== 'absent')
        state.actual = 'uncertain';
    },
  });

export const kubernetesCrash = world.scenario({
  name: 'kubernetes-crash',
  about: 'The controller crashes once while a pod that uses a volume is made and deleted.',
  parameters: {
    plugin: choice(['in-tree', 'csi']),
    recover: choice(['nothing', 'node-status', 'attachments']),
  },
  system: ({ plugin, recover }) => {
    const actions = [start, call(plugin), mark, updateNodeStatus];
    const all = plugin === 'csi' ? [...actions, publish, unpublish] : actions;
    return {
      init: () => ({
        pod: true,
        actual: 'detached',
        pending: 'none',
        reported: false,
        attachment: 'absent',
        attached: false,
      }),
      actions: all,
      faults: [deletePod, crash(recover)],
      fairness: weaklyFair(...all),
      final: 'anywhere',
      properties: [
        world.leadsTo(
          'a volume that no pod uses is detached',
          ({ pod }) => !pod,
          ({ attached }) => !attached,
        ),
        world.leadsTo(
          'a volume that a pod uses is reported',
          ({ pod }) => pod,
          ({ pod, reported }) => reported || !pod,
        ),
      ],
    };
  },
  expect: [
    ...(['nothing', 'node-status', 'attachments'] as const).map((recover) => ({
      given: { plugin: 'in-tree', recover } as const,
      violates: { 'a volume that no pod uses is detached': 3 },
      reason:
        'kubernetes#44858, PR#46106: nothing names the volume before the status of the node does',
    })),
    {
      given: { plugin: 'csi', recover: 'nothing' },
      violates: { 'a volume that no pod uses is detached': 4 },
      reason: 'kubernetes#34242: the controller forgets what is attached',
    },
    {
      given: { plugin: 'csi', recover: 'node-status' },
      violates: { 'a volume that no pod uses is detached': 4 },
      reason:
        'kubernetes#94912: PR#39732 reads the status of the node, which is written after Attach',
    },
    {
      given: { plugin: 'csi', recover: 'attachments' },
      reason: 'kubernetes PR#96617 (#77324): a VolumeAttachment is there before the attachment',
    },
  ],
});
