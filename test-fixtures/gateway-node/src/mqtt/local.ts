import type { MqttClient } from 'mqtt';
import { LOOPBACK } from '../constants';
import { createLogger } from '../logger';
import { parseReading, tryJson, type Reading } from '../validate';
import { openPlain } from './factory';

const log = createLogger('local-bus');

/** The hub's own client of the broker in this process; it never leaves the loopback interface. */
export class LocalBus {
  readonly #client: MqttClient;

  constructor(port: number, password: string, onReading: (reading: Reading) => void) {
    this.#client = openPlain(LOOPBACK, port, { clientId: 'hub', username: 'hub', password, reconnectPeriod: 2_000 });
    this.#client.on('error', (error) => log.error('loopback client failed', error));
    this.#client.on('connect', () => this.#client.subscribe('sensors/+/state', { qos: 1 }));
    this.#client.on('message', (topic, payload) => {
      if (payload.length > 1_024) return;
      try {
        const reading = parseReading(tryJson(payload));
        if (topic === `sensors/${reading.sensor}/state`) onReading(reading);
      } catch (error) {
        log.error('reading refused', error, { topic });
      }
    });
  }

  async stop(): Promise<void> {
    await this.#client.endAsync();
  }
}
