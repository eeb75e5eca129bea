import type { Entities } from '../../model/cloud-scenario/entities.ts';
import type { FaultName } from '../../model/faults/faults.ts';
import type { ConversionRules } from '../../model/nova/conversion-guards.ts';
import {
  type ConversionOrder,
  convertOffline,
  convertOnline,
} from '../../model/nova/convert-bdm.ts';
import { convertLater, type laterActions } from '../../model/nova/convert-later.ts';
import { deleteServer } from '../../model/nova/delete.ts';
import { detachVolume } from '../../model/nova/detach.ts';
import { liveMigrate } from '../../model/nova/live-migration.ts';
import { cloud } from '../../model/world/cloud.ts';
import { isAtRest } from '../../model/world/services.ts';
import type { Process } from '../../spec/process.ts';

/** The rival of a conversion: the request during the conversion of an old-style attachment. */
export const rivals = ['nothing', 'detach', 'delete', 'conversion', 'live-migration'] as const;

type Rival = (typeof rivals)[number];

/** The fault of a conversion, once, at any moment. */
export const conversionFaults = [
  'none',
  'crash',
  'driver-error',
  'save-error',
  'rest-500',
  'rest-504',
  'rpc-timeout',
  'reply-lost',
] as const satisfies readonly ('none' | FaultName)[];

/** One running server with one volume, attached old style. */
export const oneOldAttachment = (): Entities => ({
  servers: { s1: 'h1' },
  volumes: { v1: {} },
  attached: [['s1', 'v1']],
  oldStyle: [['s1', 'v1']],
});

interface Converting {
  readonly order: ConversionOrder;
  readonly rules: ConversionRules;
  readonly against: Rival;
  readonly later: (typeof laterActions)[number];
}

/**
 * The processes: a conversion and its rival; a second conversion is called `again`, and the request
 * afterwards `later`.
 */
export function conversionAnd(
  form: 'online' | 'offline',
  { order, rules, against, later }: Converting,
): { readonly [pid: string]: Process } {
  const convert = form === 'online' ? convertOnline : convertOffline;
  const conversion = convert.start('s1', 'v1', 'h1', order, rules);
  return {
    convert: conversion,
    ...(against === 'detach' ? { detach: detachVolume.start('s1', 'v1') } : {}),
    ...(against === 'delete' ? { delete: deleteServer.start('s1') } : {}),
    ...(against === 'live-migration' ? { migrate: liveMigrate.start('s1', 'h2') } : {}),
    ...(against === 'conversion' ? { again: conversion } : {}),
    ...(later === 'nothing' ? {} : { later: inTheEnd(form, order, rules, later) }),
  };
}

const inTheEnd = (
  form: 'online' | 'offline',
  order: ConversionOrder,
  rules: ConversionRules,
  later: (typeof laterActions)[number],
): Process =>
  convertLater.start({
    server: 's1',
    volume: 'v1',
    host: 'h1',
    order,
    rules,
    conversion: later === 'conversion' ? form : 'none',
    detach: later === 'detach',
  });

/** The conversion must be possible, or it would be safe because it does nothing. */
export const isConverted = cloud.reachable(
  'the volume is converted, and the guest still has it',
  ({ volumes, attachments, bdms, disks }, processes) => {
    const rows = Object.entries(attachments);
    const [id, row] = rows[0] ?? [];
    const isWhole = row?.status === 'attached' && row.connector === 'h1';
    const names = bdms['bdm-s1-v1']?.attachment_id === id;
    const isUsed = disks['s1/v1'] !== undefined && volumes['v1']?.status === 'in-use';
    return isWhole && rows.length === 1 && names && isUsed && processes['convert']?.at === 'done';
  },
);

/** A half converted attachment breaks the next operation, because Cinder asks no driver. */
export const bdmNamesConnectedAttachment = cloud.always(
  'at rest, the attachment that a block device mapping names is connected',
  cloud.every('bdms', ({ attachment_id: id }, _bdm, state, processes) => {
    const row = id === null ? undefined : state.attachments[id];
    return row?.connector !== null || !isAtRest(processes, state);
  }),
);

/** A task state that no step resets blocks nearly every request to the server. */
export const noServerStaysConverting = cloud.always(
  'at rest, no server is being converted',
  cloud.every('instances', ({ task_state }, _server, state, processes) => {
    return task_state !== 'converting' || !isAtRest(processes, state);
  }),
);

/** A second conversion finds nothing to convert. */
export const isAnsweredTwice = cloud.reachable(
  'a second conversion finds nothing to convert',
  (_cloud, processes) =>
    processes['convert']?.vars['answer'] === 'converted' &&
    (processes['again'] === undefined ||
      processes['again'].vars['answer'] === 'nothing to convert'),
);
