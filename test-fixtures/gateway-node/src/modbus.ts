import ModbusRTU from 'modbus-serial';
import { createLogger } from './logger';

const log = createLogger('heat-pump');
const REGISTER = { target: 40 } as const;
const RELAYS = { boiler: 0, floor: 1, vent: 2 } as const;

export type Relay = keyof typeof RELAYS;

export function isRelay(name: string): name is Relay {
  return Object.hasOwn(RELAYS, name);
}

export class HeatPump {
  private readonly bus = new ModbusRTU();

  constructor(onLost: () => void) {
    this.bus.on('error', (error) => log.error('bus failed', error));
    this.bus.on('close', onLost);
  }

  async open(path: string): Promise<void> {
    await this.bus.connectRTUBuffered(path, { baudRate: 19_200 });
    this.bus.setID(1);
    this.bus.setTimeout(2_000);
  }

  async setTarget(celsius: number): Promise<void> {
    const steps = Math.round(celsius * 10);
    await this.bus.writeRegister(REGISTER.target, steps);
    log.info('target set', { celsius });
  }

  async setRelay(name: Relay, on: boolean): Promise<void> {
    await this.bus.writeCoil(RELAYS[name], on);
  }

  /** Everything off, and the pump back on its own thermostat; used on exit. */
  async safe(): Promise<void> {
    await this.bus.writeCoils(0, Object.values(RELAYS).map(() => false));
    await this.bus.writeRegister(REGISTER.target, 200);
  }
}
