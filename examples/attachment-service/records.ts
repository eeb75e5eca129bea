import type { PGlite } from '@electric-sql/pglite';

/** The records of a block storage service: its volumes, and which host each is attached to. */
export class Records {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  /** Makes the tables. */
  async prepare(): Promise<void> {
    await this.#db.exec(`
      CREATE TABLE volumes (id text PRIMARY KEY, status text NOT NULL);
      CREATE TABLE attachments (
        id text PRIMARY KEY, volume text NOT NULL, host text NOT NULL, status text NOT NULL
      );
    `);
  }

  /** Empties the tables, and makes one free volume and one that is attached. */
  async reset(): Promise<void> {
    await this.#db.exec(`
      DELETE FROM attachments;
      DELETE FROM volumes;
      INSERT INTO volumes VALUES ('new1', 'available'), ('old1', 'in-use');
      INSERT INTO attachments VALUES ('detach1', 'old1', 'host1', 'attached');
    `);
  }

  /** Reserves a volume. */
  async create(id: string, volume: string, host: string): Promise<void> {
    await this.#db.query(
      `WITH reserved AS (UPDATE volumes SET status = 'reserved' WHERE id = $2)
       INSERT INTO attachments VALUES ($1, $2, $3, 'reserved')`,
      [id, volume, host],
    );
  }

  /** The host is connected to it. */
  async complete(id: string): Promise<void> {
    await this.#setStatus(id, 'attached', 'in-use');
  }

  async beginDetaching(id: string): Promise<void> {
    await this.#setStatus(id, 'detaching', 'detaching');
  }

  /** The number of other attachments on a host, whatever their status. */
  async countOthers(id: string, host: string): Promise<number> {
    const { rows } = await this.#db.query<{ others: number }>(
      `SELECT count(*)::int AS others FROM attachments WHERE host = $2 AND id <> $1`,
      [id, host],
    );
    return rows[0]?.others ?? 0;
  }

  async remove(id: string): Promise<void> {
    await this.#db.query(
      `WITH removed AS (DELETE FROM attachments WHERE id = $1 RETURNING volume)
       UPDATE volumes SET status = 'available' WHERE id IN (SELECT volume FROM removed)`,
      [id],
    );
  }

  /** All rows, by id. */
  async all(): Promise<{ volumes: Table; attachments: Table }> {
    const { rows } = await this.#db.query<{ volumes: readonly Row[]; attachments: readonly Row[] }>(
      `SELECT (SELECT json_agg(volumes) FROM volumes) AS volumes,
              (SELECT coalesce(json_agg(attachments), '[]') FROM attachments) AS attachments`,
    );
    return { volumes: byId(rows[0]?.volumes), attachments: byId(rows[0]?.attachments) };
  }

  async #setStatus(id: string, status: string, volumeStatus: string): Promise<void> {
    await this.#db.query(
      `WITH changed AS (UPDATE attachments SET status = $2 WHERE id = $1 RETURNING volume)
       UPDATE volumes SET status = $3 WHERE id IN (SELECT volume FROM changed)`,
      [id, status, volumeStatus],
    );
  }
}

interface Row {
  readonly id: string;
  readonly [column: string]: string;
}

type Table = { readonly [id: string]: { readonly [column: string]: string } };

const byId = (rows: readonly Row[] = []): Table =>
  Object.fromEntries(rows.map(({ id, ...columns }) => [id, columns]));
