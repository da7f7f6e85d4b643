import type { MqttClient } from 'mqtt';
import { PARTNER } from '../constants';
import { createLogger } from '../logger';
import type { SettingsStore } from '../store';
import type { Reading } from '../validate';
import { openPlain } from './factory';

const log = createLogger('partner');

/** Sends power readings to the energy partner, when the household has agreed. */
export class PartnerFeed {
  private client?: MqttClient;
  private stopped = false;

  constructor(private readonly store: SettingsStore, private readonly login: { user: string; password: string }) {}

  start(): void {
    const { user: username, password } = this.login;
    const client = openPlain(PARTNER.host, PARTNER.port, { username, password, reconnectPeriod: 0 });
    this.client = client;
    client.on('error', (error) => log.error('partner connection failed', error));
    client.on('close', () => {
      if (!this.stopped) setTimeout(() => client.reconnect(), PARTNER.retryMs);
    });
  }

  share({ kind, value, at }: Reading): void {
    if (kind !== 'power' || !this.store.prefs.partnerSharing || !this.client?.connected) return;
    this.client.publish('consumption', JSON.stringify({ value, at }), { qos: 0 });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.endAsync();
  }
}
