export const PRODUCT = { vendor: 'Lykta', model: 'lykta-hub-2', version: '2.4.1' } as const;

export const CLOUD = { port: 8883, topicRoot: 'lykta/v2', keepalive: 45, connectTimeout: 15_000 } as const;

export const PARTNER = { host: 'ingest.kraftlag.example', port: 1883, retryMs: 5_000 } as const;

export const UPDATE = {
  host: 'updates.lykta.example',
  checkEveryMs: 6 * 3_600_000,
  maxImageBytes: 64 * 1024 * 1024,
} as const;

export const SIGNING = {
  issuer: 'lykta-hub',
  audience: 'lykta-app',
  key: 'n4Zr8uQk2Lw6vYt0Hs9dBx3Jc7Pf1MgE',
} as const;

export const KDF = {
  password: { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 },
  pinRounds: 5_000,
} as const;

export const TLS_FLOOR = { cloud: 'TLSv1.2', ui: 'TLSv1.1' } as const;

export const API_KEY_HEADER = 'x-api-key';
export const PASSWORD_HINT = 'Choose a password of at least 12 characters.';
export const LOOPBACK = '127.0.0.1';
