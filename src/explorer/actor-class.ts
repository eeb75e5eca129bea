/** The number of colours for actors in the style sheet. */
const colours = 6;

/**
 * The class that gives an actor its colour. It is the same for all processes of one operation
 * (`detach1`, `detach1/nova`), and in every walk. Colour only helps, because the name stands beside
 * it.
 */
export function actorClass(actor: string): string {
  if (actor === 'fault') return 'actor-fault';
  const operation = actor.split('/')[0] ?? actor;
  let sum = 0;
  for (const character of operation) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return `actor-${sum % colours}`;
}
