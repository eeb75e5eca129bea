/** What a thrown error says, with where and how to mend it if it knows. */
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
