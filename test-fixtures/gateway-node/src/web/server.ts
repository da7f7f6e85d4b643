import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import path from 'node:path';
import express, { type CookieOptions } from 'express';
import session from 'express-session';
import type { Accounts } from '../auth';
import type { GatewayConfig } from '../config';
import { TLS_FLOOR } from '../constants';
import type { History } from '../history';
import type { HeatPump } from '../modbus';
import type { Network } from '../network';
import type { DeviceRegistry } from '../registry';
import type { FactoryReset } from '../reset';
import type { RulesEngine } from '../rules-engine';
import type { SettingsStore } from '../store';
import type { Telemetry } from '../telemetry';
import { authRoutes } from './auth-routes';
import { identify, onError, requireRole } from './middleware';
import { apiRoutes } from './routes';
import { rulesRoutes } from './rules-routes';
import { devicesPage, loginPage } from './views';

export interface WebDeps {
  config: GatewayConfig; store: SettingsStore; registry: DeviceRegistry; history: History;
  accounts: Accounts; network: Network; pump: HeatPump; rules: RulesEngine;
  reset: FactoryReset; telemetry: Telemetry;
}

export function createWebServer(deps: WebDeps): Server {
  const { accounts, config, registry, store } = deps;
  const app = express();
  const cookie: CookieOptions = { httpOnly: true, sameSite: 'strict', secure: false, maxAge: 8 * 3_600_000 };

  app.disable('x-powered-by');
  app.use((_req, res, next) => {
    res.set({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
    next();
  });
  app.get('/.well-known/security.txt', (_req, res) => {
    const expires = new Date(Date.now() + 180 * 86_400_000).toISOString();
    res.type('text').send(`Contact: mailto:security@lykta.example\nExpires: ${expires}\n`);
  });
  app.use('/ui', express.static(config.uiDir, { index: false }));
  app.use('/exports', express.static(config.dataDir, { index: false, dotfiles: 'deny' }));
  app.use(express.json({ limit: '32kb' }));
  app.use(session({ name: 'hub.sid', secret: store.secrets.session, resave: false, saveUninitialized: false, cookie }));
  app.use(identify(accounts, store));

  app.get('/', (_req, res) => {
    const { user } = res.locals;
    res.send(user ? devicesPage(registry, user.name) : loginPage());
  });
  app.use('/auth', authRoutes(deps));
  app.use('/api/rules', rulesRoutes(deps));
  app.use('/api', requireRole('admin', 'member', 'panel'), apiRoutes(deps));
  app.use(onError);

  const tls: ServerOptions = {
    key: readFileSync(path.join(config.tlsDir, 'hub.key')),
    cert: readFileSync(path.join(config.tlsDir, 'hub.pem')),
  };
  tls.minVersion = TLS_FLOOR.ui;
  return createServer(tls, app);
}
