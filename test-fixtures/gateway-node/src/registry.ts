import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { record, SENSOR_ID, text, tryJson, ValidationError } from './validate';

export interface Device {
  id: string;
  name: string;
  transport: 'ble' | 'mqtt';
  address?: string;
  keyDigest?: string;
}

const MAX_DEVICES = 200;
const MAX_CANDIDATES = 64;

/** Sensor keys are 192 random bits, so one round of SHA-256 is enough to keep them out of the file. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

export class DeviceRegistry {
  readonly candidates = new Map<string, string>();
  #devices = new Map<string, Device>();

  constructor(private readonly file: string) {}

  async load(): Promise<void> {
    const raw = await readFile(this.file, 'utf8').catch(() => '[]');
    const rows = tryJson(raw);
    for (const row of Array.isArray(rows) ? (rows as Device[]) : []) this.#devices.set(row.id, row);
  }

  list(): Device[] {
    return [...this.#devices.values()].map(({ keyDigest: _, ...shown }) => shown);
  }

  byAddress(address: string): Device | undefined {
    return [...this.#devices.values()].find((device) => device.address === address);
  }

  has(id = ''): boolean { return this.#devices.has(id); }

  noteCandidate(address: string, name: string): void {
    const [oldest] = this.candidates.keys();
    if (oldest && this.candidates.size >= MAX_CANDIDATES) this.candidates.delete(oldest);
    this.candidates.set(address, name);
  }

  async add(body: unknown): Promise<{ id: string; key?: string }> {
    const row = record(body);
    const id = text(row.id, 'id', 32, SENSOR_ID);
    const full = this.#devices.size >= MAX_DEVICES;
    if (full || id === 'hub' || this.has(id)) throw new ValidationError('id is not free');
    const device: Device = { id, name: text(row.name, 'name', 40), transport: row.transport === 'mqtt' ? 'mqtt' : 'ble' };
    let key: string | undefined;
    if (device.transport === 'ble') {
      device.address = text(row.address, 'address', 17, /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      this.candidates.delete(device.address);
    } else {
      key = randomBytes(24).toString('base64url');
      device.keyDigest = digest(key).toString('hex');
    }
    this.#devices.set(id, device);
    await this.save();
    return { id, key };
  }

  async remove(id: string): Promise<boolean> {
    const found = this.#devices.delete(id);
    if (found) await this.save();
    return found;
  }

  checkKey(id: string, key: Buffer): boolean {
    const expected = this.#devices.get(id)?.keyDigest;
    return expected !== undefined && timingSafeEqual(digest(key.toString()), Buffer.from(expected, 'hex'));
  }

  private async save(): Promise<void> {
    await writeFile(this.file, JSON.stringify([...this.#devices.values()]), { mode: 0o600 });
  }
}
