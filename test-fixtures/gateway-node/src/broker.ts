import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer as createPlainServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import Aedes, { type Client } from 'aedes';
import { LOOPBACK } from './constants';
import { createLogger } from './logger';
import type { DeviceRegistry } from './registry';
import type { Telemetry } from './telemetry';

const log = createLogger('broker');
const MAX_PAYLOAD = 4_096;
const MAX_BYTES_PER_SECOND = 64 * 1024;

export interface BrokerOptions { strictTopics?: boolean }

function sameSecret(given: Buffer, expected: string): boolean {
  const [a, b] = [given, Buffer.from(expected)].map((value) => createHash('sha256').update(value).digest());
  return timingSafeEqual(a!, b!);
}

/** Ends a connection that sends more than its share, also before it has logged in. */
function throttle(socket: Socket): void {
  let budget = MAX_BYTES_PER_SECOND;
  const refill = setInterval(() => { budget = MAX_BYTES_PER_SECOND; }, 1_000);
  socket.on('data', (chunk) => {
    budget -= chunk.length;
    if (budget < 0) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearInterval(refill));
}

export function createBroker(
  registry: DeviceRegistry,
  telemetry: Telemetry,
  busPassword: string,
  { strictTopics = false }: BrokerOptions = {},
) {
  const owners = new WeakMap<Client, string>();
  const broker = new Aedes({ concurrency: 50, connectTimeout: 10_000, heartbeatInterval: 60_000 });

  broker.authenticate = (client, username, password, done) => {
    const [id, given] = [username ?? '', password ?? Buffer.alloc(0)];
    const ok = id === 'hub' ? sameSecret(given, busPassword) : registry.checkKey(id, given);
    if (ok) owners.set(client, id);
    else telemetry.record('broker-login-refused');
    done(null, ok);
  };
  broker.authorizePublish = (client, packet, done) => {
    const owner = client ? owners.get(client) : undefined;
    if (client && owner !== 'hub' && !registry.has(owner)) return done(new Error('sensor was removed'));
    if (packet.payload.length > MAX_PAYLOAD) return done(new Error('payload is too large'));
    if (strictTopics && packet.topic !== `sensors/${owner}/state`) return done(new Error('topic is not allowed'));
    done(null);
  };
  broker.authorizeSubscribe = (client, subscription, done) => {
    const owner = client ? owners.get(client) : undefined;
    const allowed = owner === 'hub' || subscription.topic === `sensors/${owner}/set`;
    done(null, allowed ? subscription : null);
  };
  broker.on('clientError', (client, error) => log.error('client failed', error, { client: client.id }));
  broker.on('connectionError', (_client, error) => log.error('connection failed', error));

  return {
    listen(tls: TlsOptions, host: string): void {
      const handle = (socket: Socket) => { throttle(socket); broker.handle(socket); };
      const outside = createTlsServer(tls, handle).listen(8883, host);
      const inside = createPlainServer(handle).listen(1883, LOOPBACK);
      for (const server of [outside, inside]) {
        server.maxConnections = 250;
        server.on('error', (error) => log.error('listener failed', error));
      }
      outside.on('tlsClientError', () => telemetry.record('broker-tls-refused'));
    },
    close: () => new Promise<void>((resolve) => broker.close(() => resolve())),
  };
}
