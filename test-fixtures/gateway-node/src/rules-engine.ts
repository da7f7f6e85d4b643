import { readFile } from 'node:fs/promises';
import { writeAtomic } from './files';
import { createLogger } from './logger';
import { isRelay, type HeatPump, type Relay } from './modbus';
import { bool, number, record, SENSOR_ID, text, tryJson, ValidationError, type Reading } from './validate';

const log = createLogger('rules');
const MAX_RULES = 100;
const COMPARE = {
  above: (value: number, limit: number) => value > limit,
  below: (value: number, limit: number) => value < limit,
} as const;

type Operator = keyof typeof COMPARE;
interface Rule { sensor: string; kind: string; operator: Operator; limit: number; relay: Relay; on: boolean }

function parseRule(value: unknown): Rule {
  const row = record(value);
  const operator = text(row.operator, 'operator', 5);
  const relay = text(row.relay, 'relay', 8);
  if (!Object.hasOwn(COMPARE, operator) || !isRelay(relay)) throw new ValidationError('rule is not valid');
  return {
    sensor: text(row.sensor, 'sensor', 32, SENSOR_ID),
    kind: text(row.kind, 'kind', 16),
    operator: operator as Operator,
    limit: number(row.limit, 'limit', -1e6, 1e6),
    relay,
    on: bool(row.on, 'on'),
  };
}

export class RulesEngine {
  readonly #rules = new Map<string, Rule>();

  constructor(private readonly file: string, private readonly pump: HeatPump) {}

  async load(): Promise<void> {
    const stored = tryJson(await readFile(this.file, 'utf8').catch(() => '[]'));
    for (const [id, rule] of Array.isArray(stored) ? stored : []) this.#rules.set(String(id), parseRule(rule));
  }

  list(): Array<Rule & { id: string }> {
    return [...this.#rules].map(([id, rule]) => ({ id, ...rule }));
  }

  async put(id: string, value: unknown): Promise<void> {
    if (!this.#rules.has(id) && this.#rules.size >= MAX_RULES) throw new ValidationError('too many rules');
    this.#rules.set(id, parseRule(value));
    await writeAtomic(this.file, JSON.stringify([...this.#rules]));
  }

  evaluate(reading: Reading): void {
    for (const { sensor, kind, operator, limit, relay, on } of this.#rules.values()) {
      if (sensor !== reading.sensor || kind !== reading.kind || !COMPARE[operator](reading.value, limit)) continue;
      this.pump.setRelay(relay, on).catch((error) => log.error('relay does not answer', error, { relay }));
    }
  }
}
