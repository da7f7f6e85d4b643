import { createServer, type Server } from 'node:net';
import { SerialPort } from 'serialport';
import { createLogger } from './logger';
import type { Reading } from './validate';

const log = createLogger('meter');
const MAX_TELEGRAM = 4_096;
const TOOL_PORT = 2_001;
const OBIS = /^1-0:(\d{1,2}\.\d\.\d)\((\d{1,8}(?:\.\d{1,3})?)\*(kWh|kW)\)$/;
const MEANING: Record<string, Reading['kind']> = { '1.7.0': 'power', '1.8.0': 'energy' };

export function openMeterPort(path: string, baudRate = 115_200): SerialPort {
  const port = new SerialPort({ path, baudRate });
  const reopen = () => setTimeout(() => port.open((error) => { if (error) reopen(); }), 10_000).unref();
  port.on('close', () => { log.warn('meter port closed'); reopen(); });
  return port;
}

export function crc16(data: Buffer): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

export class MeterReader {
  #pending = '';
  #server?: Server;

  constructor(private readonly port: SerialPort, private readonly onReading: (reading: Reading) => void) {
    this.port.on('data', (chunk: Buffer) => this.collect(chunk));
  }

  /** Lets the grid company's desktop tool talk to the meter through the hub. */
  exposeTool(host: string): void {
    this.#server = createServer((socket) => {
      socket.setTimeout(60_000, () => socket.destroy());
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => this.port.write(chunk));
      this.port.pipe(socket);
    });
    this.#server.on('error', (error) => log.error('tool port failed', error));
    this.#server.maxConnections = 1;
    this.#server.listen(TOOL_PORT, host);
  }

  async stop(): Promise<void> {
    this.#server?.close();
    await new Promise<void>((resolve) => this.port.close(() => resolve()));
  }

  private collect(chunk: Buffer): void {
    this.#pending += chunk.toString('latin1');
    const end = /!([0-9A-F]{4})\r\n/.exec(this.#pending);
    if (end) {
      const start = this.#pending.indexOf('/');
      const telegram = this.#pending.slice(start < 0 ? 0 : start, end.index + 1);
      this.#pending = this.#pending.slice(end.index + end[0].length);
      if (crc16(Buffer.from(telegram, 'latin1')) === parseInt(end[1] ?? '', 16)) this.parse(telegram);
    }
    if (this.#pending.length > MAX_TELEGRAM) this.#pending = '';
  }

  private parse(telegram: string): void {
    for (const line of telegram.split('\r\n')) {
      const [, code = '', amount, unit] = OBIS.exec(line) ?? [];
      const kind = Object.hasOwn(MEANING, code) ? MEANING[code] : undefined;
      const token = unit === 'kW' ? 'power' : 'energy';
      if (kind && token === kind) this.onReading({ sensor: 'meter', kind, value: Number(amount), at: Date.now() });
    }
  }
}
