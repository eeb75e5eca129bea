// What it takes to cut a step in two: one that decides, and one that writes.

/** The labels of the model in their order, then those that were added. */
export const addedLast = (labels: readonly string[]) => (one: string, other: string) =>
  placeOf(labels, one) - placeOf(labels, other);

const placeOf = (labels: readonly string[], label: string): number =>
  labels.includes(label) ? labels.indexOf(label) : labels.length;

/**
 * The tables that a step of cinder-api may write, copied; what else it looks at is the state
 * itself.
 */
export function copyOf(cloud: object): object {
  const { volumes, attachments } = cloud as { volumes: unknown; attachments: unknown };
  const copies = JSON.parse(JSON.stringify({ volumes, attachments }));
  return new Proxy(copies, {
    get: (target, name) =>
      name in target || name === 'toJSON' ? target[name] : Reflect.get(cloud, name),
  });
}

/** The processes, of which none is started, moved or ended. */
export const withoutEffect = <P extends object>(processes: P): P =>
  new Proxy(processes, {
    get(target, name) {
      if (['start', 'stop', 'move'].includes(String(name))) return () => {};
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
