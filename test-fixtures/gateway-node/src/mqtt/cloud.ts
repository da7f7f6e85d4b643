import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect as openBroker, type IClientOptions, type MqttClient } from 'mqtt';
import { Backoff } from '../backoff';
import type { GatewayConfig } from '../config';
import { CLOUD, TLS_FLOOR } from '../constants';
import { createLogger } from '../logger';
import type { Telemetry } from '../telemetry';
import { record, text, tryJson, type Json, type Reading } from '../validate';

const log = createLogger('cloud');

export type CommandHandler = (args: Json) => Promise<void>;

export class CloudLink {
  private client?: MqttClient;
  private retry?: NodeJS.Timeout;
  private readonly backoff = new Backoff();

  constructor(
    private readonly config: GatewayConfig,
    private readonly telemetry: Telemetry,
    private readonly handlers: Readonly<Record<string, CommandHandler>>,
  ) {}

  private get root(): string { return `${CLOUD.topicRoot}/${this.config.cloud.user}`; }

  start(): void {
    const { host, user, password } = this.config.cloud;
    const options: IClientOptions = { protocol: 'mqtts', host, port: CLOUD.port, clientId: `hub-${user}`, username: user };
    options.password = password;
    options.keepalive = CLOUD.keepalive;
    options.connectTimeout = CLOUD.connectTimeout;
    options.reconnectPeriod = 0;
    options.queueQoSZero = false;
    log.info('connecting to the cloud', { options });

    const tls = { ca: readFileSync(path.join(this.config.tlsDir, 'cloud-ca.pem')), minVersion: TLS_FLOOR.cloud };
    const client = openBroker({ ...options, ...tls, rejectUnauthorized: true });
    this.client = client;
    client.on('connect', () => {
      this.backoff.reset();
      client.subscribe(`${this.root}/commands`, { qos: 1 });
    });
    client.on('message', (_topic, payload) => {
      this.run(payload).catch((error) => log.error('command refused', error));
    });
    client.on('error', (error) => {
      log.error('cloud connection failed', error);
      this.telemetry.record('cloud-error', { reason: error.name });
    });
    client.on('close', () => this.again(client));
  }

  publish(reading: Reading): void {
    if (!this.client?.connected) return;
    this.client.publish(`${this.root}/readings`, JSON.stringify(reading), { qos: 0 });
  }

  async stop(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.client?.removeAllListeners('close');
    await this.client?.endAsync();
  }

  private again(client: MqttClient): void {
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      client.reconnect();
    }, this.backoff.next());
  }

  private async run(payload: Buffer): Promise<void> {
    if (payload.length > 8_192) return;
    const { name, args } = record(tryJson(payload));
    const command = text(name, 'command', 32);
    const handler = Object.hasOwn(this.handlers, command) ? this.handlers[command] : undefined;
    if (!handler) throw new Error('command is not known');
    await handler(record(args));
    this.telemetry.record('command', { command });
  }
}
