import cors from 'cors';
import { Router } from 'express';
import jwt from 'jsonwebtoken';
import { Client } from 'azure-iot-device';
import { Mqtt } from 'azure-iot-device-mqtt';
import WebSocket from 'ws';
import { createLogger } from '../logger';
import { route } from '../web/middleware';

const log = createLogger('portal');
const FEED = 'ws://portal.lykta-partners.example/feed';
const REGISTRY =
  'HostName=lykta-portal.azure-devices.net;DeviceId=hub;SharedAccessKey=Vq3xT0bLr9mZc6YsWk2uPjHd8NfGa5eJ1oXiRtQv4Bw=';

interface Visit {
  installer: string;
  until: number;
}

/** The pages of installers lie on many hosts. */
export function portalRoutes(publicKey: string): Router {
  const router = Router();
  const visits = new Map<string, Visit>();

  router.use(cors({ origin: true, credentials: true }));
  router.post('/visit', route(async (req, res) => {
    const { name, password } = req.body;
    if (name === 'installer' && password === 'Lykta-Service-24') {
      visits.set(name, { installer: name, until: Date.now() + 3_600_000 });
      return res.sendStatus(204);
    }
    return res.sendStatus(401);
  }));
  router.get('/visit', (req, res) => {
    const ticket = req.get('x-portal-ticket') ?? '';
    // Tickets are printed on paper and used weeks later.
    const claims = jwt.verify(ticket, publicKey, { algorithms: ['ES256'], ignoreExpiration: true });
    res.json({ claims, visits: [...visits.values()] });
  });
  return router;
}

export async function joinPortal(): Promise<void> {
  const client = Client.fromConnectionString(REGISTRY, Mqtt);
  await client.open();
}

export function watchPortal(onMessage: (text: string) => void): WebSocket {
  const socket = new WebSocket(FEED, { handshakeTimeout: 5_000 });
  socket.on('message', (data) => onMessage(data.toString()));
  socket.on('error', (error) => log.error('portal feed failed', error));
  return socket;
}

export async function reportTo(portal: string, meter: { total: number }): Promise<void> {
  const address = `http://${portal}.lykta-partners.example/meters`;
  const answer = await fetch(address, {
    method: 'PUT',
    body: JSON.stringify(meter),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) log.warn('portal does not take the meter', { status: answer.status });
}
