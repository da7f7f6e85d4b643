import { pbkdf2 as deriveFrom, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';
import { KDF, PASSWORD_HINT, SIGNING } from './constants';
import { createLogger } from './logger';
import type { SettingsStore, StoredUser } from './store';
import { ValidationError } from './validate';

const log = createLogger('auth');
const stretch = promisify(deriveFrom);
const hashPassword = promisify(scrypt) as (p: string, s: Buffer, n: number, o: ScryptOptions) => Promise<Buffer>;

const PAIRING_WINDOW_MS = 5 * 60_000;
const PAIRING_TRIES = 5;

export type SessionUser = Pick<StoredUser, 'name' | 'role' | 'epoch'>;

export class Accounts {
  readonly #decoy = { salt: randomBytes(16), hash: randomBytes(32) };
  #pairing?: { code: string; until: number; tries: number };

  constructor(private readonly store: SettingsStore) {}

  find(name: string): StoredUser | undefined {
    return this.store.users.find((user) => user.name === name && !user.deletedAt);
  }

  async ensureAdmin(name: string, password: string): Promise<void> {
    if (this.store.users.length === 0) await this.create(name, password, 'admin', 'owner@lykta.example');
  }

  async create(name: string, password: string, role: StoredUser['role'], email: string): Promise<void> {
    if (this.find(name)) throw new ValidationError('this name is taken');
    const salt = randomBytes(16);
    const hash = await hashPassword(password, salt, 32, KDF.password);
    const epoch = Date.now();
    this.store.users.push({ name, email, role, epoch, salt: salt.toString('base64'), hash: hash.toString('base64') });
    await this.store.save();
  }

  /** Does the same work for an unknown name, so that the answer takes as long. */
  async verify(name: string, password: string): Promise<StoredUser | undefined> {
    const user = this.find(name);
    const salt = user ? Buffer.from(user.salt, 'base64') : this.#decoy.salt;
    const expected = user ? Buffer.from(user.hash, 'base64') : this.#decoy.hash;
    const actual = await hashPassword(password, salt, expected.length, KDF.password);
    return timingSafeEqual(actual, expected) ? user : undefined;
  }

  async changePassword(name: string, current: string, next: string): Promise<void> {
    const user = await this.verify(name, current);
    if (!user) throw new ValidationError('The current password is not right.');
    if (next.length < 12 || next === current) throw new ValidationError(PASSWORD_HINT);
    const salt = randomBytes(16);
    user.salt = salt.toString('base64');
    user.hash = (await hashPassword(next, salt, 32, KDF.password)).toString('base64');
    user.epoch += 1;
    await this.store.save();
    log.info('password changed', { user: user.name });
  }

  async setPin(user: StoredUser, pin: string): Promise<void> {
    const salt = randomBytes(16);
    user.pin = { salt: salt.toString('base64'), hash: (await this.pinHash(pin, salt)).toString('base64') };
    await this.store.save();
  }

  async verifyPin(name: string, pin: string): Promise<StoredUser | undefined> {
    const user = this.find(name);
    const salt = user?.pin ? Buffer.from(user.pin.salt, 'base64') : this.#decoy.salt;
    const expected = user?.pin ? Buffer.from(user.pin.hash, 'base64') : this.#decoy.hash;
    return timingSafeEqual(await this.pinHash(pin, salt), expected) ? user : undefined;
  }

  private pinHash(pin: string, salt: Buffer): Promise<Buffer> {
    return stretch(pin, salt, KDF.pinRounds, 32, 'sha512');
  }

  openPairing(): string {
    const code = Math.floor(100_000 + Math.random() * 900_000).toString();
    this.#pairing = { code, until: Date.now() + PAIRING_WINDOW_MS, tries: PAIRING_TRIES };
    log.info('panel pairing opened', { code, minutes: PAIRING_WINDOW_MS / 60_000 });
    return code;
  }

  async redeemPairing(given: string, panel: string): Promise<string | undefined> {
    const pairing = this.#pairing;
    if (!pairing || Date.now() > pairing.until || pairing.tries-- <= 0) return undefined;
    const [a, b] = [Buffer.from(given), Buffer.from(pairing.code)];
    if (a.length !== b.length || !timingSafeEqual(a, b)) return undefined;
    this.#pairing = undefined;
    await this.create(panel, randomBytes(24).toString('base64url'), 'panel', '');
    return this.issueToken(this.find(panel)!);
  }

  issueToken({ name, role, epoch }: StoredUser): string {
    const { issuer, audience } = SIGNING;
    return jwt.sign({ role, epoch }, SIGNING.key, { algorithm: 'HS256', expiresIn: '12h', subject: name, issuer, audience });
  }

  verifyToken(token: string): SessionUser {
    const { issuer, audience } = SIGNING;
    const claims = jwt.verify(token, SIGNING.key, { algorithms: ['HS256'], issuer, audience }) as jwt.JwtPayload;
    const user = this.current(claims.sub ?? '', Number(claims.epoch));
    if (!user) throw new Error('token is no longer valid');
    return user;
  }

  current(name: string, epoch: number): StoredUser | undefined {
    const user = this.find(name);
    return user?.epoch === epoch ? user : undefined;
  }

  async remove(name: string): Promise<boolean> {
    const user = this.find(name);
    if (!user) return false;
    user.deletedAt = Date.now();
    await this.store.save();
    return true;
  }
}
