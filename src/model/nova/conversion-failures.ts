import { fails } from '../calls/failures.ts';
import { convertOffline, convertOnline } from './convert-bdm.ts';

/**
 * The steps at which a conversion may fail by itself, by fault: the database does not take the BDM.
 */
export const conversionFailures = {
  save: [
    fails(convertOnline, 'save_bdm', 'save_failed'),
    fails(convertOffline, 'save_bdm', 'save_failed'),
  ],
};
