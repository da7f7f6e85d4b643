import type { IncomingMessage, Server } from 'node:http';
import { decode as readToken, type JwtPayload } from 'jsonwebtoken';
import { WebSocketServer, type WebSocket } from 'ws';
import { createLogger } from './logger';
import { isRecord, SENSOR_ID, type Reading } from './validate';

const log = createLogger('feed');
const MAX_CLIENTS = 32;
const MAX_BACKLOG = 256 * 1024;

interface Viewer { name: string; sensors?: Set<string>; alive: boolean }

export class LiveFeed {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 });
  readonly #viewers = new Map<WebSocket, Viewer>();
  readonly #beat = setInterval(() => this.sweep(), 30_000);

  constructor(private readonly origins: ReadonlySet<string>) {}

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const name = this.origins.has(request.headers.origin ?? '') ? this.whoIs(request) : undefined;
      if (request.url !== '/feed' || !name || this.#viewers.size >= MAX_CLIENTS) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (ws) => this.welcome(ws, name));
    });
  }

  broadcast(reading: Reading): void {
    const message = JSON.stringify(reading);
    for (const [ws, { sensors }] of this.#viewers) {
      if (sensors && !sensors.has(reading.sensor)) continue;
      if (ws.bufferedAmount < MAX_BACKLOG) ws.send(message);
    }
  }

  close(): void {
    clearInterval(this.#beat);
    for (const ws of this.#viewers.keys()) ws.terminate();
  }

  /** The browser cannot set a header on a socket, so the page offers "feed, <token>" as subprotocols. */
  private whoIs(request: IncomingMessage): string | undefined {
    const [, offered = ''] = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
    const claims = readToken(offered) as JwtPayload | null;
    if (!claims?.sub || (claims.exp ?? 0) * 1000 < Date.now()) return undefined;
    return claims.sub;
  }

  private welcome(ws: WebSocket, name: string): void {
    const viewer: Viewer = { name, alive: true };
    this.#viewers.set(ws, viewer);
    ws.on('pong', () => { viewer.alive = true; });
    ws.on('error', (error) => log.error('viewer failed', error));
    ws.on('close', () => this.#viewers.delete(ws));
    ws.on('message', (data) => {
      const request: unknown = JSON.parse(data.toString());
      if (!isRecord(request) || !Array.isArray(request.sensors)) return;
      const wanted = request.sensors.filter((id): id is string => typeof id === 'string' && SENSOR_ID.test(id));
      viewer.sensors = new Set(wanted.slice(0, 50));
    });
  }

  private sweep(): void {
    for (const [ws, viewer] of this.#viewers) {
      if (!viewer.alive) ws.terminate();
      else ws.ping();
      viewer.alive = false;
    }
  }
}
