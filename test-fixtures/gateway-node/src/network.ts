import { exec, execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createLogger } from './logger';

const log = createLogger('network');
const shell = promisify(exec);
const program = promisify(execFile);
const PROFILES = '/etc/NetworkManager/system-connections';
const SETUP_MINUTES = 15;
const nmcli = (...args: string[]) => program('nmcli', args, { timeout: 30_000 });

export class Network {
  #setupTimer?: NodeJS.Timeout;

  async joined(): Promise<boolean> {
    const { stdout } = await nmcli('-t', '-f', 'NAME', 'connection', 'show', '--active');
    return stdout.split('\n').some((name) => name === 'home' || name === 'wired');
  }

  async join(ssid: string, passphrase: string): Promise<void> {
    const file = path.join('/run/lykta', 'wifi-secret');
    await writeFile(file, `802-11-wireless-security.psk:${passphrase}\n`, { mode: 0o600 });
    try {
      const profile = `connection add type wifi con-name home ssid "${ssid}"`;
      await shell(`nmcli ${profile} wifi-sec.key-mgmt wpa-psk`, { timeout: 30_000 });
      await nmcli('connection', 'up', 'home', 'passwd-file', file);
      await this.closeSetup();
    } finally {
      await rm(file, { force: true });
    }
  }

  async forget(): Promise<void> {
    await nmcli('connection', 'delete', 'home');
  }

  /** Opens the access point for first set-up; it closes by itself. */
  async openSetup(): Promise<void> {
    const mac = networkInterfaces().wlan0?.[0]?.mac ?? '';
    const suffix = mac.replaceAll(':', '').slice(-8);
    const lines = ['[connection]', 'id=setup', 'type=wifi', 'autoconnect=false', '[wifi]', 'mode=ap',
      `ssid=Lykta-${suffix.slice(-4)}`, '[wifi-security]', 'key-mgmt=wpa-psk', `psk=${suffix}`, '[ipv4]', 'method=shared', ''];
    await writeFile(path.join(PROFILES, 'setup.nmconnection'), lines.join('\n'), { mode: 0o600 });
    await nmcli('connection', 'reload');
    await nmcli('connection', 'up', 'setup');
    this.#setupTimer = setTimeout(() => {
      this.closeSetup().catch((error) => log.error('set-up network stays open', error));
    }, SETUP_MINUTES * 60_000);
  }

  async closeSetup(): Promise<void> {
    if (!this.#setupTimer) return;
    clearTimeout(this.#setupTimer);
    this.#setupTimer = undefined;
    await nmcli('connection', 'down', 'setup');
  }
}
