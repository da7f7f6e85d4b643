import noble, { type Peripheral } from '@abandonware/noble';
import { createLogger } from './logger';
import type { DeviceRegistry } from './registry';
import type { Reading } from './validate';

const log = createLogger('ble');

type Values = Partial<Record<Reading['kind'], number>>;

function decodeClimate(data: Buffer): Values | undefined {
  if (data.length < 7) return undefined;
  return { temperature: data.readInt16LE(3) / 100, humidity: data.readUInt16LE(5) / 100 };
}

function decodeSoil(data: Buffer): Values {
  const packed = data.readUInt32LE(4);
  return { moisture: packed & 0x3ff, temperature: ((packed >>> 10) & 0x3ff) / 10 - 40 };
}

const DECODERS: Record<number, (data: Buffer) => Values | undefined> = { 0x0a12: decodeClimate, 0x0a13: decodeSoil };

export class BleBridge {
  constructor(private readonly registry: DeviceRegistry, private readonly onReading: (reading: Reading) => void) {}

  start(): void {
    noble.on('stateChange', (state) => {
      if (state !== 'poweredOn') return;
      noble.startScanningAsync([], true).catch((error) => log.error('scan did not start', error));
    });
    noble.on('discover', (peripheral) => this.onAdvertisement(peripheral));
  }

  async stop(): Promise<void> {
    await noble.stopScanningAsync();
  }

  private onAdvertisement({ address, advertisement }: Peripheral): void {
    const { localName, manufacturerData: data } = advertisement;
    if (!data || data.length < 4) return;
    const decoder = DECODERS[data.readUInt16LE(0)];
    if (!decoder) return;
    const device = this.registry.byAddress(address);
    if (!device) {
      this.registry.noteCandidate(address, localName ?? 'unnamed');
      return;
    }
    for (const [kind, value] of Object.entries(decoder(data) ?? {})) {
      this.onReading({ sensor: device.id, kind: kind as Reading['kind'], value, at: Date.now() });
    }
  }
}
