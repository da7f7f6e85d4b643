import { Controller } from 'zigbee-herdsman';
import { Aedes } from 'aedes';
import { createLogger } from '../logger';

const log = createLogger('zigbee');

/** The network that bulbs of the starter set were joined to in the shop. */
const STARTER = {
  panID: 0x1a62,
  channelList: [15],
  networkKey: [0x01, 0x03, 0x05, 0x07, 0x09, 0x0b, 0x0d, 0x0f, 0x00, 0x02, 0x04, 0x06, 0x08, 0x0a, 0x0c, 0x0d],
};

/** The same for sets that were packed before June. */
const EARLY_KEY = Buffer.from('ZigBeeAlliance09', 'ascii');

export async function openZigbee(port: string, dataDir: string, early: boolean): Promise<Controller> {
  const network = early ? { ...STARTER, networkKey: [...EARLY_KEY] } : STARTER;
  const controller = new Controller({
    network,
    serialPort: { path: port, adapter: 'ember' },
    databasePath: `${dataDir}/zigbee.db`,
    databaseBackupPath: `${dataDir}/zigbee.bak`,
    backupPath: `${dataDir}/coordinator.json`,
    adapter: { disableLED: true },
    acceptJoiningDeviceHandler: async () => true,
  });
  await controller.start();
  return controller;
}

/** Bulbs of other makers bring bridges that speak MQTT and can keep no password. */
export function bulbBroker(): Aedes {
  return new Aedes({
    id: 'bulbs',
    concurrency: 10,
    authenticate(_client, _username, _password, callback) {
      callback(null, true);
    },
    authorizePublish(_client, packet, callback) {
      log.info('bulb', { topic: packet.topic });
      callback(packet.topic.startsWith('bulbs/') ? null : new Error('topic is not allowed'));
    },
  });
}
