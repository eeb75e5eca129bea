import type { Cloud } from '../cloud.ts';

/**
 * The moves of the model are those of the attachments API. Throws for a release or a switch without it, since a result
 * would say nothing about that release.
 */
export function needsAttachments({ switches }: Pick<Cloud, 'switches'>, what: string): void {
  if (switches.attach_api === 'attachments') return;
  throw new Error(
    `${what} is modelled for attach_api 'attachments' only, not for '${switches.attach_api}': choose queens or later`,
  );
}
