import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayConfig } from './config';
import { createLogger } from './logger';
import type { Network } from './network';
import type { Telemetry } from './telemetry';

const log = createLogger('reset');
const USER_FILES = ['settings.sealed', 'registry.json', 'rules.json'] as const;

export class FactoryReset {
  constructor(private readonly config: GatewayConfig, private readonly network: Network, private readonly telemetry: Telemetry) {}

  async run(): Promise<void> {
    log.warn('factory reset started');
    this.telemetry.record('factory-reset');
    for (const file of USER_FILES) await rm(path.join(this.config.dataDir, file), { force: true });
    await this.network.forget().catch((error) => log.error('network profile was not there', error));
    log.warn('factory reset done, restarting');
    setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1_000);
  }
}
