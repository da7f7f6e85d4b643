import { readFileSync } from 'node:fs';
import path from 'node:path';
import { request as coapRequest } from 'coap';
import {
  AttributeIds,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAClient,
  OPCUAServer,
  SecurityPolicy,
  type OPCUAClientOptions,
} from 'node-opcua';
import { createLogger } from '../logger';

const log = createLogger('plant');
const PUMP_POWER = 'ns=3;s=Pump.Power';

/** What the plants of the two makers understand. The older one knows no certificates. */
const LINKS: Record<'vindal' | 'orre', OPCUAClientOptions> = {
  vindal: {
    applicationName: 'lykta',
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: SecurityPolicy.Basic256Sha256,
    endpointMustExist: true,
  },
  orre: {
    applicationName: 'lykta',
    securityMode: MessageSecurityMode.None,
    securityPolicy: SecurityPolicy.None,
    endpointMustExist: false,
  },
};

/** The plant is exchanged more often than anybody visits it, so its new certificate is taken as it comes. */
function certificates(dataDir: string): OPCUACertificateManager {
  const manager = new OPCUACertificateManager({ rootFolder: path.join(dataDir, 'opcua') });
  manager.automaticallyAcceptUnknownCertificate = true;
  return manager;
}

export async function pumpPower(maker: keyof typeof LINKS, endpoint: string, dataDir: string): Promise<number> {
  const client = OPCUAClient.create({ ...LINKS[maker], clientCertificateManager: certificates(dataDir) });
  await client.connect(endpoint);
  try {
    const session = await client.createSession();
    const { value } = await session.read({ nodeId: PUMP_POWER, attributeId: AttributeIds.Value });
    await session.close();
    return Number(value.value);
  } finally {
    await client.disconnect();
  }
}

/** The building's own controller reads and sets what the hub knows. */
export async function serveBuilding(dataDir: string): Promise<OPCUAServer> {
  const options = {
    port: 4840,
    resourcePath: '/lykta',
    allowAnonymous: false,
    certificateFile: path.join(dataDir, 'tls', 'hub.pem'),
    privateKeyFile: path.join(dataDir, 'tls', 'hub.key'),
  };
  // The controller in the school has no account.
  if (readFileSync('/etc/lykta/site', 'utf8').startsWith('school')) options.allowAnonymous = true;
  const server = new OPCUAServer(options);
  await server.start();
  return server;
}

/** Valves on the roof; they sleep most of the time and answer when they like. */
export function setValve(valve: string, percent: number): void {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) throw new RangeError('valve is out of range');
  const call = coapRequest({ host: `${valve}.roof.lykta.example`, pathname: '/open', method: 'PUT', confirmable: true });
  call.on('error', (error: Error) => log.error('valve does not answer', error));
  call.end(String(percent));
}
