export class ValidationError extends Error {
  readonly status = 400;
}

export type Json = Record<string, unknown>;

export interface Reading {
  sensor: string;
  kind: 'temperature' | 'humidity' | 'power' | 'energy' | 'moisture';
  value: number;
  at: number;
}

const KINDS: readonly string[] = ['temperature', 'humidity', 'power', 'energy', 'moisture'];
export const SENSOR_ID = /^[a-z0-9][a-z0-9-]{1,31}$/;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record(value: unknown): Json {
  if (!isRecord(value)) throw new ValidationError('object expected');
  return value;
}

export function text(value: unknown, name: string, max = 64, pattern?: RegExp): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > max) throw new ValidationError(`${name} is not valid`);
  if (pattern && !pattern.test(value)) throw new ValidationError(`${name} is not valid`);
  return value;
}

export function number(value: unknown, name: string, min = -Infinity, max = Infinity): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) {
    throw new ValidationError(`${name} is not valid`);
  }
  return value;
}

export function bool(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new ValidationError(`${name} is not valid`);
  return value;
}

export function parseReading(value: unknown): Reading {
  const { sensor, kind, value: amount } = record(value);
  const known = text(kind, 'kind', 16);
  if (!KINDS.includes(known)) throw new ValidationError('kind is not known');
  return {
    sensor: text(sensor, 'sensor', 32, SENSOR_ID),
    kind: known as Reading['kind'],
    value: number(amount, 'value', -1e6, 1e9),
    at: Date.now(),
  };
}

/** Returns undefined for anything that is not JSON, so that callers need not throw across an event handler. */
export function tryJson(raw: Buffer | string): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}
