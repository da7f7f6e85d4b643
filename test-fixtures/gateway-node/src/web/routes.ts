import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { Router } from 'express';
import { PASSWORD_HINT } from '../constants';
import { insideDir } from '../files';
import { createLogger } from '../logger';
import { isRelay } from '../modbus';
import { bool, number, record, SENSOR_ID, text, ValidationError } from '../validate';
import { rateLimit, requireRole, route } from './middleware';
import type { WebDeps } from './server';

const log = createLogger('api');

export function apiRoutes({ accounts, config, history, network, pump, registry, reset, rules, store }: WebDeps): Router {
  const router = Router();
  const admin = requireRole('admin');
  const person = requireRole('admin', 'member');

  router.get('/devices', (req, res) => {
    const body = JSON.stringify(registry.list());
    const tag = `"${createHash('md5').update(body).digest('base64url')}"`;
    if (req.get('if-none-match') === tag) return void res.status(304).end();
    res.set('etag', tag).type('json').send(body);
  });
  router.post('/devices', admin, route(async (req, res) => res.status(201).json(await registry.add(req.body))));
  router.delete('/devices/:id', admin, route(async (req, res) => {
    const id = text(req.params.id, 'id', 32, SENSOR_ID);
    history.forget(id);
    res.sendStatus((await registry.remove(id)) ? 204 : 404);
  }));

  router.get('/history/:sensor', (req, res) => {
    const from = number(Number(req.query.from ?? 0), 'from', 0);
    const to = number(Number(req.query.to ?? Date.now()), 'to', from);
    res.json(history.range(req.params.sensor, from, to));
  });
  router.get('/history/:sensor/days', (req, res) => { res.json(history.perDay(req.params.sensor)); });

  router.get('/rules', (_req, res) => { res.json(rules.list()); });
  router.put('/climate/target', person, route(async (req, res) => {
    await pump.setTarget(number(req.body?.celsius, 'celsius'));
    res.sendStatus(204);
  }));
  router.put('/relays/:name', route(async (req, res) => {
    const { name = '' } = req.params;
    if (!isRelay(name)) throw new ValidationError('relay is not known');
    await pump.setRelay(name, bool(req.body?.on, 'on'));
    res.sendStatus(204);
  }));

  router.get('/key', admin, (_req, res) => { res.json({ key: store.secrets.apiKey }); });
  router.get('/settings', person, (_req, res) => { res.json(store.prefs); });
  router.patch('/settings', admin, route(async (req, res) => res.json(await store.patchPreferences(record(req.body)))));
  router.put('/profile', person, route(async (req, res) => {
    log.info('profile saved', { by: res.locals.user.name, profile: req.body });
    const { name, email, lat, lon } = record(req.body);
    res.json((await store.patchPreferences({ home: { name, email, lat, lon } })).home);
  }));

  router.post('/network', admin, route(async (req, res) => {
    const ssid = text(req.body?.ssid, 'ssid', 32);
    await network.join(ssid, text(req.body?.passphrase, 'passphrase', 63, /^[\x20-\x7e]{8,63}$/));
    res.sendStatus(204);
  }));

  router.post('/users', admin, route(async (req, res) => {
    const { name, password, email } = record(req.body);
    const secret = text(password, 'password', 128);
    if (secret.length < 12) throw new ValidationError(PASSWORD_HINT);
    await accounts.create(text(name, 'name', 32, SENSOR_ID), secret, 'member', text(email, 'email', 254));
    res.sendStatus(201);
  }));
  router.delete('/users/:name', admin, route(async (req, res) => {
    res.sendStatus((await accounts.remove(req.params.name ?? '')) ? 204 : 404);
  }));

  router.post('/backups', admin, route(async (_req, res) => {
    res.status(201).json({ name: await store.exportBackup(config.backupDir) });
  }));
  router.get('/backups/:file', admin, (req, res, next) => {
    const file = insideDir(config.backupDir, req.params.file ?? '');
    res.sendFile(file, (error) => { if (error) next(error); });
  });
  router.delete('/backups/:file', admin, route(async (req, res) => {
    await unlink(path.join(config.backupDir, req.params.file ?? ''));
    res.sendStatus(204);
  }));

  router.post('/reset', admin, rateLimit(5, 600_000), route(async (req, res) => {
    const sure = await accounts.verify(res.locals.user.name, text(req.body?.password, 'password', 128));
    if (!sure) throw new ValidationError('Type your password to confirm the reset.');
    await reset.run();
    res.status(202).json({ message: 'All settings are erased. The hub restarts now.' });
  }));
  return router;
}
