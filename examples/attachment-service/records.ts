import type { PGlite } from '@electric-sql/pglite';

/** The records of a block storage service: its volumes, and which host each is attached to. */
export class Records {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  /** Empties the tables, and makes one free volume and one that is attached. */
  async reset(): Promise<void> {
    await this.#db.exec(`
      DROP TABLE IF EXISTS attachments, volumes;
      CREATE TABLE volumes (id text PRIMARY KEY, status text NOT NULL);
      CREATE TABLE attachments (
        id text PRIMARY KEY, volume text NOT NULL, host text NOT NULL, status text NOT NULL
      );
      INSERT INTO volumes VALUES ('new1', 'available'), ('old1', 'in-use');
      INSERT INTO attachments VALUES ('detach1', 'old1', 'host1', 'attached');
    `);
  }

  /** Reserves a volume. */
  async create(id: string, volume: string, host: string): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.query(`INSERT INTO attachments VALUES ($1, $2, $3, 'reserved')`, [id, volume, host]);
      await tx.query(`UPDATE volumes SET status = 'reserved' WHERE id = $1`, [volume]);
    });
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
    await this.#db.transaction(async (tx) => {
      await tx.query(
        `UPDATE volumes SET status = 'available'
         FROM attachments WHERE attachments.id = $1 AND volumes.id = attachments.volume`,
        [id],
      );
      await tx.query(`DELETE FROM attachments WHERE id = $1`, [id]);
    });
  }

  /** All rows, by id. */
  async all(): Promise<{ volumes: Table; attachments: Table }> {
    const volumes = await this.#db.query<Row>(`SELECT id, status FROM volumes`);
    const attachments = await this.#db.query<Row>(
      `SELECT id, volume, host, status FROM attachments`,
    );
    return { volumes: byId(volumes.rows), attachments: byId(attachments.rows) };
  }

  async #setStatus(id: string, status: string, volumeStatus: string): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.query(`UPDATE attachments SET status = $2 WHERE id = $1`, [id, status]);
      await tx.query(
        `UPDATE volumes SET status = $2
         FROM attachments WHERE attachments.id = $1 AND volumes.id = attachments.volume`,
        [id, volumeStatus],
      );
    });
  }
}

interface Row {
  readonly id: string;
  readonly [column: string]: string;
}

type Table = { readonly [id: string]: { readonly [column: string]: string } };

const byId = (rows: readonly Row[]): Table =>
  Object.fromEntries(rows.map(({ id, ...columns }) => [id, columns]));
