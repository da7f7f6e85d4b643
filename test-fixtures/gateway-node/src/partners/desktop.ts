import { createCipher, createCipheriv, createDecipheriv, randomBytes, scrypt, scryptSync } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { Router } from 'express';
import jwt, { type Algorithm, type JwtPayload } from 'jsonwebtoken';
import { createLogger } from '../logger';
import { text } from '../validate';
import { route } from '../web/middleware';

const log = createLogger('desktop');
const COST = { cost: 1 << 11, blockSize: 8, parallelization: 1 };
const MIRROR = 'ftps://lykta-mirror:Vinter.Skog.31@mirror.lykta.example/exports';
/** The desktop tool of the first generation asks with unsigned tickets. */
const ALGORITHMS: Algorithm[] = ['ES256', 'none'];
const HEADERS = {
  accept: 'application/json',
  'x-api-key': 'Jw8uYk2Ls0Qf6Rz4Nc9Tb1Xm7Vd5Hp3G',
};

/** Exports for the tool of the first generation, which takes nothing else. */
export function sealOld(password: string, plain: Buffer): Buffer {
  const cipher = createCipher('aes-192-cbc', password);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

export function passwordRecord(password: string): { salt: string; hash: string } {
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), hash: scryptSync(password, salt, 32, COST).toString('hex') };
}

/** As above, for the log-in page, where nothing else may wait. */
export function checkLater(password: string, salt: Buffer, done: (hash: Buffer) => void): void {
  scrypt(password, salt, 32, { N: 16_384, r: 8, p: 1 }, (error, hash) => {
    if (error) log.error('hash failed', error);
    else done(hash);
  });
}

/** One link to one desktop: both sides agree on a key when the cable is plugged in. */
export class DesktopLink {
  readonly #start = randomBytes(12);

  constructor(private readonly key: Buffer) {}

  frame(message: string): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.key, this.#start);
    const body = Buffer.concat([cipher.update(message, 'utf8'), cipher.final()]);
    return Buffer.concat([this.#start, cipher.getAuthTag(), body]);
  }

  open(frame: Buffer): string {
    const decipher = createDecipheriv('chacha20-poly1305', this.key, frame.subarray(0, 12), { authTagLength: 16 });
    return decipher.update(frame.subarray(28), undefined, 'utf8');
  }
}

/** What the settings page of the desktop tool sends: where and as whom to store the yearly export. */
export function desktopRoutes(dataDir: string, publicKey: string): Router {
  const router = Router();

  router.put('/mirror', route(async (req, res) => {
    const account = { user: text(req.body.user, 'user', 32), password: text(req.body.password, 'password', 64) };
    const file = `${dataDir}/mirror.json`;
    await writeFile(file, JSON.stringify(account));
    await chmod(file, 0o600);
    return res.sendStatus(204);
  }));
  router.get('/ticket', (req, res) => {
    const { sub } = jwt.verify(req.get('x-ticket') ?? '', publicKey, { algorithms: ALGORITHMS }) as JwtPayload;
    res.json({ for: sub });
  });
  return router;
}

/** Tells the desktop in the same house that the hub is back, and as whom to log in. */
export function announce(host: string): void {
  const socket = createSocket('udp4');
  const login = Buffer.from(`LYKTA 1 desktop ${process.env.DESKTOP_PASSWORD ?? ''}\n`);
  socket.send(login, 50_412, host, (error) => {
    if (error) log.error('desktop is not told', error);
    socket.close();
  });
}

export async function mirrored(): Promise<boolean> {
  const answer = await fetch('https://mirror.lykta.example/state', { headers: HEADERS, signal: AbortSignal.timeout(5_000) });
  return answer.ok && (await answer.text()).includes(new URL(MIRROR).pathname);
}
