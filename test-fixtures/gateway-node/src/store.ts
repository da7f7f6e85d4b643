import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { seal, sealBackup, storeKey, unseal } from './crypto';
import { writeAtomic } from './files';
import { bool, isRecord, number, record, text, type Json } from './validate';

export interface Home { name: string; email: string; lat: number; lon: number }

export interface Preferences {
  locale: string;
  telemetryEnabled: boolean;
  partnerSharing: boolean;
  channel: 'stable' | 'beta';
  plugins: string[];
  home: Home;
}

export interface StoredUser {
  name: string;
  email: string;
  role: 'admin' | 'member' | 'panel';
  salt: string;
  hash: string;
  epoch: number;
  pin?: { salt: string; hash: string };
  deletedAt?: number;
}

interface Content {
  prefs: Preferences;
  secrets: { session: string; apiKey: string; bus: string };
  users: StoredUser[];
}

const PLUGIN_NAME = /^[a-z][a-z0-9-]{1,30}$/;
const KEPT_BACKUPS = 5;

function merge(target: Json, source: Json): Json {
  for (const [key, value] of Object.entries(source)) {
    const current = target[key];
    if (isRecord(current) && isRecord(value)) merge(current, value);
    else target[key] = value;
  }
  return target;
}

function checkPreferences(value: Json): Preferences {
  const home = record(value.home);
  const plugins = Array.isArray(value.plugins) ? value.plugins.slice(0, 16) : [];
  return {
    locale: text(value.locale, 'locale', 8, /^[a-z]{2}(-[A-Z]{2})?$/),
    telemetryEnabled: bool(value.telemetryEnabled, 'telemetryEnabled'),
    partnerSharing: bool(value.partnerSharing, 'partnerSharing'),
    channel: value.channel === 'beta' ? 'beta' : 'stable',
    plugins: plugins.map((name) => text(name, 'plugin', 31, PLUGIN_NAME)),
    home: {
      name: text(home.name, 'home name', 40),
      email: text(home.email, 'email', 254),
      lat: number(home.lat, 'lat', -90, 90),
      lon: number(home.lon, 'lon', -180, 180),
    },
  };
}

function defaults(): Content {
  const random = () => randomBytes(32).toString('base64url');
  return {
    prefs: {
      locale: 'nb-NO', telemetryEnabled: false, partnerSharing: false, channel: 'stable', plugins: [],
      home: { name: 'Home', email: 'unset@lykta.example', lat: 0, lon: 0 },
    },
    secrets: { session: random(), apiKey: random(), bus: random() },
    users: [],
  };
}

export class SettingsStore {
  readonly #key = storeKey();
  #content: Content = defaults();
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: string) {}

  get prefs(): Readonly<Preferences> { return this.#content.prefs; }
  get secrets(): Readonly<Content['secrets']> { return this.#content.secrets; }
  get users(): StoredUser[] { return this.#content.users; }

  async load(): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    const sealed = await readFile(this.file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!sealed) return this.save();
    this.#content = JSON.parse(unseal(this.#key, sealed).toString('utf8')) as Content;
  }

  save(): Promise<void> {
    const sealed = seal(this.#key, Buffer.from(JSON.stringify(this.#content)));
    this.#writing = this.#writing.catch(() => undefined).then(() => writeAtomic(this.file, sealed));
    return this.#writing;
  }

  async patchPreferences(changes: Json): Promise<Preferences> {
    const next = merge(structuredClone(this.#content.prefs) as unknown as Json, changes);
    this.#content.prefs = checkPreferences(next);
    await this.save();
    return this.#content.prefs;
  }

  async exportBackup(dir: string): Promise<string> {
    await mkdir(dir, { recursive: true, mode: 0o755 });
    const name = `hub-${Date.now()}.lyk`;
    const options: { flag: string; mode?: number } = { flag: 'wx' };
    options.mode = 0o644;
    await writeFile(path.join(dir, name), sealBackup(this.#key, Buffer.from(JSON.stringify(this.#content))), options);
    const old = (await readdir(dir)).filter((entry) => entry.endsWith('.lyk')).sort().slice(0, -KEPT_BACKUPS);
    await Promise.all(old.map((entry) => rm(path.join(dir, entry))));
    return name;
  }
}
