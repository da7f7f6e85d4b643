/** Network clients of Moddable, which are alike in all of its protocols. Pure. */
import type { Call, Thing } from './index.js';
import { isLocalHost } from './judgement.js';

/**
 * The options of a client that is made without TLS and dials another computer: it speaks TLS only through the socket that
 * it is given. Undefined for every other call, and where not all of the options are known.
 */
export function plainClient({ isNew, args }: Call): Thing | undefined {
  const options = args[0]?.thing;
  const isPlain =
    isNew &&
    options?.closed === true &&
    options.fields.has('host') &&
    !options.fields.has('Socket') &&
    !options.fields.has('secure') &&
    !isLocalHost(options.fields.get('host')?.value ?? '');
  return isPlain ? options : undefined;
}
