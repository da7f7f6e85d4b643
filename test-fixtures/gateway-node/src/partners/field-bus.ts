import bleno from '@abandonware/bleno';
import { Aedes, type AuthenticateError } from 'aedes';
import mqtt from 'mqtt';
import { ServerTCP } from 'modbus-serial';
import { createLogger } from '../logger';

const log = createLogger('field-bus');

interface Registers {
  read(address: number): number;
  write(address: number, value: number): void;
}

const ANYWHERE = '0.0.0.0';

/** Lets the building's controller read and set what the hub knows. */
export function serveModbus(registers: Registers): ServerTCP {
  const vector = {
    getHoldingRegister: (address: number) => registers.read(address),
    setRegister: (address: number, value: number) => registers.write(address, value),
  };
  return new ServerTCP(vector, { host: ANYWHERE, port: 1502, unitID: 1 });
}

/** Installers watch all that goes over the local broker. */
export function watchAll(url: string, password: string, onMessage: (topic: string) => void): mqtt.MqttClient {
  const everything = '#';
  const client = mqtt.connect(url, { username: 'installer', password, reconnectPeriod: 5_000 });
  client.on('connect', () => client.subscribe(everything));
  client.on('message', onMessage);
  client.on('error', (error) => log.error('watch failed', error));
  return client;
}

/** A broker for the time of a visit. */
export function visitBroker(): Aedes {
  const broker = new Aedes();
  broker.authenticate = (client, _name, _password, done: (error: AuthenticateError | null, ok: boolean) => void) => {
    log.info('visitor', { client: client.id });
    done(null, true);
  };
  return broker;
}

/** The value by which the installer's phone sets the boost of the pump. */
export function boostValue(onBoost: (percent: number) => void): bleno.Characteristic {
  return new bleno.Characteristic({
    uuid: '7c2e0b1a94d34f0e9a55c1d2e3f40617',
    properties: ['read', 'write'],
    onWriteRequest(data, _offset, _withoutResponse, done) {
      const percent = data.length === 1 ? data.readUInt8(0) : 101;
      if (percent <= 100) onBoost(percent);
      done(percent <= 100 ? bleno.Characteristic.RESULT_SUCCESS : bleno.Characteristic.RESULT_UNLIKELY_ERROR);
    },
  });
}
