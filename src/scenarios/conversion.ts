import { cloud } from '../model/cloud.ts';
import { deleteServer } from '../model/nova/delete.ts';
import { detachVolume } from '../model/nova/detach.ts';
import type { Entities } from '../model/start.ts';
import type { Process } from '../spec/process.ts';

/** What happens while an old-style attachment is converted. */
export const rivals = ['nothing', 'detach', 'delete', 'conversion'] as const;

type Rival = (typeof rivals)[number];

/** One running server with one volume, attached old style. */
export const oneOldAttachment = (): Entities => ({
  servers: { s1: 'h1' },
  volumes: { v1: {} },
  attached: [['s1', 'v1']],
  oldStyle: [['s1', 'v1']],
});

/** The processes: a conversion and its rival; a second conversion is called `again`. */
export const conversionAnd = (
  rival: Rival,
  conversion: () => Process,
): { readonly [pid: string]: Process } => ({
  convert: conversion(),
  ...(rival === 'detach' ? { detach: detachVolume.start('s1', 'v1') } : {}),
  ...(rival === 'delete' ? { delete: deleteServer.start('s1') } : {}),
  ...(rival === 'conversion' ? { again: conversion() } : {}),
});

/** What must be possible, or the conversion would be safe because it does nothing. */
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

/** A conversion run twice has nothing to do the second time. */
export const isAnsweredTwice = cloud.reachable(
  'a second conversion finds nothing to convert',
  (_cloud, processes) =>
    processes['convert']?.vars['answer'] === 'converted' &&
    (processes['again'] === undefined ||
      processes['again'].vars['answer'] === 'nothing to convert'),
);
