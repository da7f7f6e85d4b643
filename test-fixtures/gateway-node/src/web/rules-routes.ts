import { Router } from 'express';
import { SENSOR_ID, text } from '../validate';
import { route } from './middleware';
import type { WebDeps } from './server';

export function rulesRoutes({ rules }: WebDeps): Router {
  const router = Router();
  router.put('/:id', route(async (req, res) => {
    await rules.put(text(req.params.id, 'id', 32, SENSOR_ID), req.body);
    res.sendStatus(204);
  }));
  return router;
}
