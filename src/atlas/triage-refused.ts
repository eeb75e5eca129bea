import {
  allAgreeOnAttachments,
  attachedVolumeIsWorkingDisk,
  connectionsNameHostOfServer,
  volumeStatusFitsAttachments,
} from '../model/properties/at-rest.ts';
import type { Place } from './triage-place.ts';

const lost = [attachedVolumeIsWorkingDisk.name, allAgreeOnAttachments.name];
const status = [volumeStatusFitsAttachments.name];

/**
 * Where Cinder refuses a second attachment to one of two servers that share a volume. Read from the
 * shortest counterexample of each, which has the answer 400 of attachment_create in it. The other
 * violations of the same pairs are of other classes.
 */
export const refusedSecondAttachments: readonly Place[] = [
  {
    between: [
      ['shelve'],
      [
        'boot',
        'attach',
        'detach',
        'rebuild',
        'resize',
        'revert-resize',
        'live-migrate',
        'evacuate',
        'unshelve',
        'refresh',
        'use-volume',
      ],
    ],
    at: ['shared', 'hosts'],
    properties: lost,
  },
  { between: [['attach'], ['resize']], at: ['shared'], properties: lost },
  { between: [['attach'], ['revert-resize']], at: ['hosts'], properties: lost },
  {
    between: [['evacuate'], ['detach', 'refresh']],
    at: ['hosts'],
    properties: [allAgreeOnAttachments.name],
  },
  { between: [['resize'], ['resize', 'shelve']], at: ['hosts'], properties: [...lost, ...status] },
  {
    between: [['revert-resize'], ['resize', 'shelve']],
    at: ['shared'],
    properties: [...lost, ...status],
  },
  {
    between: [['revert-resize'], ['revert-resize']],
    at: ['hosts'],
    properties: [...lost, ...status],
  },
  {
    between: [['unshelve'], ['detach', 'rebuild', 'resize', 'refresh']],
    at: ['shared'],
    properties: [connectionsNameHostOfServer.name],
  },
  {
    between: [['unshelve'], ['revert-resize']],
    at: ['hosts'],
    properties: [connectionsNameHostOfServer.name],
  },
];
