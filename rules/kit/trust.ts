/** Whom a TLS client trusts, as several rules ask it. */
import type { Thing } from './index.js';

/**
 * A client in C that is told of no certificate authority: TLS alone would not say who answers, so a change of its address
 * is not the whole of a fix. Clients of Node trust the authorities that Node brings.
 */
export function namesNoTrust(client: Thing | undefined): boolean {
  return (
    client?.kind === 'tls-client' &&
    /^\w+$/.test(client.type ?? '') &&
    client.closed &&
    client.setting('tls.trust') === undefined
  );
}
