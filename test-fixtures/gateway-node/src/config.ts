import path from 'node:path';

export interface GatewayConfig {
  dataDir: string;
  uiDir: string;
  backupDir: string;
  tlsDir: string;
  web: { host: string; port: number; origins: ReadonlySet<string> };
  admin: { name: string; password: string };
  cloud: { host: string; user: string; password: string };
  partner: { user: string; password: string };
  serial: { meter: string; modbus: string };
  autoUpdate: boolean;
}

type Env = NodeJS.ProcessEnv;

function need(env: Env, name: string): string {
  const value = env[name] ?? '';
  if (value === '') throw new Error(`setting ${name} is missing`);
  return value;
}

function int(env: Env, name: string, fallback: number, min: number, max: number): number {
  const value = Number(env[name] ?? fallback);
  if (!Number.isInteger(value) || value < min || value > max) throw new Error(`setting ${name} is out of range`);
  return value;
}

export function loadConfig(env: Env = process.env): GatewayConfig {
  const dataDir = path.resolve(env.DATA_DIR ?? '/var/lib/lykta');
  const host = need(env, 'WEB_HOST');
  const port = int(env, 'WEB_PORT', 8443, 1024, 65_535);
  const origins = (env.WEB_ORIGINS ?? `https://${host}:${port}`).split(',').map((entry) => entry.trim());
  return {
    dataDir,
    uiDir: path.resolve(env.UI_DIR ?? '/opt/lykta/ui'),
    backupDir: path.resolve(env.BACKUP_DIR ?? '/srv/lykta/backups'),
    tlsDir: path.join(dataDir, 'tls'),
    web: { host, port, origins: new Set(origins) },
    admin: { name: 'admin', password: env.ADMIN_PASSWORD || 'lykta-admin' },
    cloud: { host: need(env, 'CLOUD_HOST'), user: need(env, 'CLOUD_USER'), password: need(env, 'CLOUD_PASSWORD') },
    partner: { user: env.PARTNER_USER ?? '', password: env.PARTNER_PASSWORD ?? '' },
    serial: { meter: env.METER_PORT ?? '/dev/ttyUSB0', modbus: env.MODBUS_PORT ?? '/dev/ttyUSB1' },
    autoUpdate: (env.AUTO_UPDATE ?? 'on') !== 'off',
  };
}
