import type { Fault } from '../../spec/action.ts';
import type { FlowLabel } from '../../spec/fairness.ts';
import type { Processes, ProcessState } from '../../spec/process.ts';
import { isOfHost } from '../brick/uevents.ts';
import { serviceOf } from '../calls/calls.ts';
import { createBackup } from '../cinder/backup.ts';
import { volumeExtend } from '../cinder/extend.ts';
import { volumeReimage } from '../cinder/reimage.ts';
import { copyVolumeToImage } from '../cinder/upload.ts';
import { volumeCreateOnBackend } from '../cinder/volume-create.ts';
import { volumeDeleteOnBackend } from '../cinder/volume-delete.ts';
import { attachVolumeOnConductor } from '../nova/attach.ts';
import { attachVolumeOnCompute } from '../nova/attach-compute.ts';
import { takeAttachVolume } from '../nova/attach-message.ts';
import { scheduleAndBuildInstances } from '../nova/boot.ts';
import { buildAndRunInstance, buildInstances } from '../nova/build.ts';
import { terminateInstance } from '../nova/delete.ts';
import { detachVolumeOnCompute } from '../nova/detach.ts';
import { extendOnCompute } from '../nova/extend.ts';
import { initInstances } from '../nova/init-instance.ts';
import { legacyAttachOnCompute } from '../nova/legacy-attach.ts';
import { legacyBuildAndRunInstance } from '../nova/legacy-boot.ts';
import { legacyDetachOnCompute } from '../nova/legacy-detach.ts';
import { movesOf } from '../nova/move-failures.ts';
import { detachOnComputePoc } from '../nova/poc-detach.ts';
import { rebootInstance } from '../nova/reboot.ts';
import { rebuildInstance } from '../nova/rebuild.ts';
import { type Cloud, cloud } from '../world/cloud.ts';
import { releaseAll } from '../world/locks.ts';
import { all, pids } from '../world/processes.ts';
import { startVolumeService } from './start-up.ts';

/** The flows that are started by CAST. */
const casts = [
  attachVolumeOnConductor,
  attachVolumeOnCompute,
  takeAttachVolume,
  detachVolumeOnCompute,
  legacyAttachOnCompute,
  legacyDetachOnCompute,
  detachOnComputePoc,
  copyVolumeToImage,
  createBackup,
  volumeCreateOnBackend,
  volumeDeleteOnBackend,
  terminateInstance,
  scheduleAndBuildInstances,
  buildAndRunInstance,
  buildInstances,
  legacyBuildAndRunInstance,
  rebootInstance,
  rebuildInstance,
  volumeReimage,
  volumeExtend,
  extendOnCompute,
  ...movesOf.cast,
];

/**
 * A message that no service has taken yet: the process stands at the first step of a flow that is
 * started by CAST.
 */
const isCast = ({ flow, at }: ProcessState): boolean =>
  casts.some(({ name, labels }) => name === flow && labels[0] === at);

/** Ends a message that no service has taken yet. */
export const castLost = cloud.fault({
  name: 'cast-lost',
  times: 0,
  do(_cloud, pick, processes) {
    const waiting = all(processes).filter(([, process]) => isCast(process));
    processes.stop(pick('cast', pids(waiting)));
  },
});

/**
 * A service dies: its processes end where they are, its locks and lock files are free; the
 * databases stay. It is back at once, and takes the steps of a start. nova-compute and
 * cinder-volume are one process each; of the other services one worker dies. The daemons of a host
 * go on.
 */
export const crash = crashWhere(({ flow, at }) => at !== 'done' && !isOfHost(flow));

/**
 * A service dies once, and only while one of its processes stands at one of the labels: for windows
 * that have a name.
 */
export const crashAt = (labels: readonly FlowLabel[]): Fault<Cloud> =>
  crashWhere(({ flow, at }) =>
    labels.some((window) => window.flow.name === flow && window.label === at),
  ).atMost(1);

function crashWhere(dies: (process: ProcessState) => boolean): Fault<Cloud> {
  return cloud.fault({
    name: 'crash',
    times: 0,
    do(state, pick, processes) {
      const victims = all(processes).filter(([, process]) => dies(process));
      const victim = pick('service', [
        ...new Set(victims.map(([pid, process]) => unitOf(pid, process))),
      ]);
      for (const [pid, process] of all(processes)) {
        if (process.at === 'done' || unitOf(pid, process) !== victim) continue;
        processes.stop(pid);
        releaseAll(state, pid);
      }
      if (victim === 'c-vol') startVolumeService(state, processes);
      const [service, host] = String(victim).split('@');
      if (service === 'n-cpu' && host !== undefined) initInstances(state, host, processes);
    },
  });
}

/**
 * The nova-compute of a host dies and does not come back by itself. Guests and devices stay as they
 * are; its waiting messages stay.
 */
export const computeDown = cloud.fault({
  name: 'compute-down',
  times: 0,
  do(state, pick, processes) {
    const host = pick(
      'host',
      hostsOf(state, processes).filter((up) => state.down[up] === undefined),
    );
    state.down[host] = true;
    for (const [pid, process] of all(processes)) {
      if (unitOf(pid, process) !== `n-cpu@${host}` || isCast(process)) continue;
      processes.stop(pid);
      releaseAll(state, pid);
    }
  },
});

/** Every host that has a server, or to which a server or message is on its way. */
function hostsOf({ instances }: Cloud, processes: Processes): readonly string[] {
  const ofServers = Object.values(instances).flatMap(({ host }) => host ?? []);
  const ofProcesses = all(processes).flatMap(([, { flow, vars }]) =>
    serviceOf(flow) === 'n-cpu' ? String(vars['host']) : [],
  );
  return [...new Set([...ofServers, ...ofProcesses])];
}

/**
 * The processes that die together: one nova-compute, the cinder-volume, or one worker of a service
 * that has many.
 */
function unitOf(pid: string, { flow, vars }: ProcessState): string {
  const service = serviceOf(flow);
  if (service === 'n-cpu') return `${service}@${vars['host']}`;
  return service === 'c-vol' ? service : pid;
}
