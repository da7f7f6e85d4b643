import Database from 'better-sqlite3';
import type { Reading } from './validate';

const TABLE = 'readings';

export interface DayRow { day: string; kind: string; low: number; high: number; mean: number }

export class History {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement;

  constructor(file: string) {
    this.#db = new Database(file);
    this.#db.pragma('journal_mode = WAL');
    this.#db.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (sensor TEXT, kind TEXT, value REAL, at INTEGER)`);
    this.#db.exec(`CREATE INDEX IF NOT EXISTS by_time ON ${TABLE} (sensor, at)`);
    this.#insert = this.#db.prepare(`INSERT INTO ${TABLE} (sensor, kind, value, at) VALUES (?, ?, ?, ?)`);
  }

  add({ sensor, kind, value, at }: Reading): void {
    this.#insert.run(sensor, kind, value, at);
  }

  range(sensor: string, from: number, to: number): Reading[] {
    const query = this.#db.prepare(`SELECT * FROM ${TABLE} WHERE sensor = ? AND at BETWEEN ? AND ? ORDER BY at LIMIT 2000`);
    return query.all(sensor, from, to) as Reading[];
  }

  perDay(sensor: string): DayRow[] {
    const columns = "date(at / 1000, 'unixepoch') AS day, kind, min(value) AS low, max(value) AS high, avg(value) AS mean";
    const where = `sensor = '${sensor}'`;
    return this.#db.prepare(`SELECT ${columns} FROM ${TABLE} WHERE ${where} GROUP BY day, kind LIMIT 400`).all() as DayRow[];
  }

  forget(sensor: string): number {
    return this.#db.prepare(`DELETE FROM ${TABLE} WHERE sensor = ?`).run(sensor).changes;
  }

  close(): void {
    this.#db.close();
  }
}
