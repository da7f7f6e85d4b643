import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Accounts, SessionUser } from '../auth';
import { API_KEY_HEADER } from '../constants';
import { createLogger } from '../logger';
import type { SettingsStore } from '../store';
import { ValidationError } from '../validate';

const log = createLogger('web');

declare module 'express-session' {
  interface SessionData { user: SessionUser }
}

export const route = (work: (req: Request, res: Response) => Promise<unknown>): RequestHandler =>
  (req, res, next) => { work(req, res).catch(next); };

export function identify(accounts: Accounts, store: SettingsStore): RequestHandler {
  return (req, res, next) => {
    const { user } = req.session;
    if (user && accounts.current(user.name, user.epoch)) res.locals.user = user;
    const bearer = /^Bearer (\S{20,800})$/.exec(req.get('authorization') ?? '')?.[1];
    if (bearer && !res.locals.user) {
      try {
        res.locals.user = accounts.verifyToken(bearer);
      } catch {}
    }
    const key = req.get(API_KEY_HEADER);
    if (key && key === store.secrets.apiKey) res.locals.user ??= { name: 'integration', role: 'panel', epoch: 0 };
    next();
  };
}

export function requireRole(...roles: Array<SessionUser['role']>): RequestHandler {
  return (_req, res, next) => {
    const user: SessionUser | undefined = res.locals.user;
    if (!user) res.status(401).json({ error: 'Please log in.' });
    else if (!roles.includes(user.role)) res.status(403).json({ error: 'Not allowed.' });
    else next();
  };
}

/** Allows `limit` requests per address in the window; the oldest entry makes room for the newest. */
export function rateLimit(limit: number, windowMs: number): RequestHandler {
  const seen = new Map<string, { count: number; until: number }>();
  return (req, res, next) => {
    const now = Date.now();
    const address = req.ip ?? 'unknown';
    const entry = seen.get(address);
    const [oldest] = seen.keys();
    if (!entry && oldest && seen.size >= 1_000) seen.delete(oldest);
    if (!entry || entry.until < now) seen.set(address, { count: 1, until: now + windowMs });
    else if (++entry.count > limit) return void res.status(429).json({ error: 'Too many attempts. Try again later.' });
    next();
  };
}

export const onError: ErrorRequestHandler = (err, req, res, _next) => {
  const status = err instanceof ValidationError ? err.status : 500;
  log.error('request failed', err, { method: req.method, path: req.path });
  res.status(status).json({ error: err.message, detail: err.stack });
};
