import { Router, type Request, type Response } from 'express';
import type { StoredUser } from '../store';
import { SENSOR_ID, text } from '../validate';
import { rateLimit, requireRole, route } from './middleware';
import type { WebDeps } from './server';

const REFUSED = { error: 'Wrong name or password.' };

function beginSession(req: Request, { name, role, epoch }: StoredUser): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((error) => {
      if (error) return reject(error);
      req.session.user = { name, role, epoch };
      resolve();
    });
  });
}

export function authRoutes({ accounts, telemetry }: WebDeps): Router {
  const router = Router();
  const slow = rateLimit(8, 10 * 60_000);
  const person = requireRole('admin', 'member');
  const credentials = (req: Request) => [text(req.body?.name, 'name', 32), text(req.body?.password, 'password', 128)] as const;
  const refuse = (res: Response) => {
    telemetry.record('login-refused');
    res.status(401).json(REFUSED);
  };

  router.post('/login', slow, route(async (req, res) => {
    const user = await accounts.verify(...credentials(req));
    if (!user) return refuse(res);
    await beginSession(req, user);
    res.sendStatus(204);
  }));

  router.post('/token', route(async (req, res) => {
    const user = await accounts.verify(...credentials(req));
    if (!user) return refuse(res);
    res.json({ token: accounts.issueToken(user) });
  }));

  router.post('/pin', slow, route(async (req, res) => {
    const user = await accounts.verifyPin(text(req.body?.name, 'name', 32), text(req.body?.pin, 'pin', 6, /^\d{6}$/));
    if (!user) return refuse(res);
    await beginSession(req, { ...user, role: 'panel' });
    res.sendStatus(204);
  }));

  router.put('/pin', person, route(async (req, res) => {
    await accounts.setPin(accounts.find(res.locals.user.name)!, text(req.body?.pin, 'pin', 6, /^\d{6}$/));
    res.sendStatus(204);
  }));

  router.post('/pairing', requireRole('admin'), (_req, res) => { res.json({ code: accounts.openPairing() }); });

  router.post('/pair', slow, route(async (req, res) => {
    const panel = text(req.body?.panel, 'panel', 32, SENSOR_ID);
    const token = await accounts.redeemPairing(text(req.body?.code, 'code', 6), panel);
    if (!token) return refuse(res);
    res.json({ token });
  }));

  router.put('/password', person, slow, route(async (req, res) => {
    const { current, next } = req.body ?? {};
    await accounts.changePassword(res.locals.user.name, text(current, 'password', 128), text(next, 'password', 128));
    res.sendStatus(204);
  }));

  router.post('/logout', (req, res, next) => req.session.destroy((error) => (error ? next(error) : res.sendStatus(204))));
  return router;
}
