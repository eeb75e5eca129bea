import type { Records } from './records.ts';

/** The connection that all volumes of a backend share on a host. */
export interface Connector {
  connect(host: string): Promise<void>;
  /** Cuts off every volume that uses the connection. */
  disconnect(host: string): Promise<void>;
}

/** Lets one operation at a time do something on a host. */
export class HostLock {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(host: string, operation: () => Promise<T>): Promise<T> {
    const before = this.#last.get(host) ?? Promise.resolve();
    const mine = before.then(operation);
    // The next one waits for the end of this one, however it ends.
    this.#last.set(
      host,
      mine.catch(() => {}),
    );
    return mine;
  }
}

/** Lets everything happen at once. */
export const noLock: Pick<HostLock, 'run'> = { run: (_host, operation) => operation() };

/** Attaches volumes to hosts, and detaches them. */
export class AttachmentService {
  readonly #records: Records;
  readonly #connector: Connector;
  readonly #lock: Pick<HostLock, 'run'>;

  constructor(records: Records, connector: Connector, lock: Pick<HostLock, 'run'>) {
    this.#records = records;
    this.#connector = connector;
    this.#lock = lock;
  }

  attach(id: string, volume: string, host: string): Promise<void> {
    return this.#lock.run(host, async () => {
      await this.#records.create(id, volume, host);
      await this.#connector.connect(host);
      await this.#records.complete(id);
    });
  }

  /** Disconnects the host if no other attachment needs the connection. */
  detach(id: string, host: string): Promise<void> {
    return this.#lock.run(host, async () => {
      await this.#records.beginDetaching(id);
      const others = await this.#records.countOthers(id, host);
      if (others === 0) await this.#connector.disconnect(host);
      await this.#records.remove(id);
    });
  }
}
