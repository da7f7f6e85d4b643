/** Addresses that are put together: what is known of them, and where they lead. Pure. */
import type { Expr } from './index.js';
import { hostOf, isLocalHost } from './judgement.js';

/** Stands for a part that is filled in at run time. */
const FILLED_IN = '${}';
/** Names of networks at home and of one computer, where nobody asks a name server of the world. */
const AT_HOME = /\.(local|localhost|localdomain|lan|home|internal|intranet|arpa|test|invalid)$/;
const DEEPEST = 12;

/** The text that an expression gives, `${}` where a part of it is not known; undefined where it is no text, or none is known. */
export function knownText(expr: Expr, depth = 0): string | undefined {
  if (expr.value !== undefined) return expr.literal === 'string' || depth > 0 ? expr.value : undefined;
  if (expr.literal !== 'string' || depth > DEEPEST || expr.parts.length === 0) return undefined;
  return expr.parts.map((part) => knownText(part, depth + 1) ?? FILLED_IN).join('');
}

/**
 * The host of an address that leads to another computer, as far as it is known; undefined for this computer, for a host
 * that is filled in, and for a name that only some network knows.
 */
export function remoteHost(address: string): string | undefined {
  const host = hostOf(address);
  if (host === undefined || host === '' || isLocalHost(host)) return undefined;
  if (!/[%${<]/.test(host)) return host;
  // A part of the name is filled in: what stands behind it tells whose name it is.
  const known = /^.*\$\{\}((?:\.[a-z0-9-]+){2,})$/.exec(host)?.[1];
  return known !== undefined && /\.[a-z]{2,}$/.test(known) && !AT_HOME.test(known)
    ? host.replaceAll(FILLED_IN, '…')
    : undefined;
}
