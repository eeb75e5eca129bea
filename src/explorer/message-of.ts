/** The message of an error, with the place and the remedy if it has them. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const mend = Reflect.get(error, 'mend');
  const where = Reflect.get(error, 'where');
  return [
    typeof where === 'string' ? `${where}: ` : '',
    error.message,
    typeof mend === 'string' && !error.message.includes(mend) ? ` ${mend}` : '',
  ].join('');
}
