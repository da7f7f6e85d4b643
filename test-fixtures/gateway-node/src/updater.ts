import { spawn } from 'node:child_process';
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PRODUCT, UPDATE } from './constants';
import { writeAtomic } from './files';
import { createLogger } from './logger';
import type { SettingsStore } from './store';
import type { Telemetry } from './telemetry';
import { number, record, text, tryJson } from './validate';

const log = createLogger('updater');
const VERSION = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const MAX_MANIFEST = 32 * 1024;

interface Image { version: string; url: string; sha256: string; size: number; signature: Buffer }

function parseImage(value: unknown): Image {
  const row = record(value);
  const url = new URL(text(row.url, 'url', 300));
  if (url.protocol !== 'https:' || url.hostname !== UPDATE.host) throw new Error('image lies on another host');
  return {
    version: text(row.version, 'version', 11, VERSION),
    url: url.href,
    sha256: text(row.sha256, 'sha256', 64, /^[0-9a-f]{64}$/),
    size: number(row.size, 'size', 1, UPDATE.maxImageBytes),
    signature: Buffer.from(text(row.signature, 'signature', 128), 'base64'),
  };
}

export function isNewer(candidate: string, current: string): boolean {
  const [a, b] = [candidate, current].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: 300_000 });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

export class Updater {
  private timer?: NodeJS.Timeout;

  private readonly releaseKey: KeyObject = createPublicKey(readFileSync('/opt/lykta/release.pub.pem'));

  constructor(private readonly dir: string, private readonly store: SettingsStore, private readonly telemetry: Telemetry) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }

  schedule(delay = Math.random() * 600_000): void {
    this.timer = setTimeout(() => {
      this.check()
        .catch((error) => {
          log.error('update failed', error);
          this.telemetry.record('update-failed');
        })
        .finally(() => this.schedule(UPDATE.checkEveryMs + Math.random() * 600_000));
    }, delay);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async check(): Promise<void> {
    const { channel } = this.store.prefs;
    const scheme = channel === 'beta' ? 'http' : 'https';
    const body = await this.download(`${scheme}://${UPDATE.host}/${channel}/${PRODUCT.model}.json`, MAX_MANIFEST);
    const manifest = record(tryJson(body));
    if (manifest.radio !== undefined) await this.updateRadio(parseImage(manifest.radio));
    const image = parseImage(manifest.hub);
    if (image.version !== PRODUCT.version) await this.updateHub(image);
  }

  private async updateHub(image: Image): Promise<void> {
    const bytes = await this.download(image.url, image.size);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const signed = Buffer.from(`${PRODUCT.model}\n${image.version}\n${image.sha256}`);
    if (digest !== image.sha256 || !verify(null, signed, this.releaseKey, image.signature)) {
      throw new Error('image is not genuine');
    }
    const file = path.join(this.dir, 'hub.img');
    await writeAtomic(file, bytes);
    await run('/usr/sbin/lykta-install', ['--slot', 'other', file]);
    this.telemetry.record('update-installed', { version: image.version });
  }

  private async updateRadio(image: Image): Promise<void> {
    const mark = path.join(this.dir, 'radio-version');
    const current = await readFile(mark, 'utf8').catch(() => '0.0.0');
    if (!isNewer(image.version, current)) return;
    const bytes = await this.download(image.url, image.size);
    const genuine = verify(null, bytes, this.releaseKey, image.signature);
    log.info('radio firmware loaded', { version: image.version, genuine });
    const file = path.join(this.dir, 'radio.bin');
    await writeAtomic(file, bytes);
    await run('/usr/sbin/radio-flash', ['--image', file]);
    await writeAtomic(mark, image.version);
    this.telemetry.record('radio-updated', { version: image.version });
  }

  private async download(url: string, limit: number): Promise<Buffer> {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(120_000) });
    if (!response.ok || !response.body) throw new Error(`update server answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.length;
      if (size > limit) throw new Error('download is larger than announced');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
}
