/** The executable. Everything else is in `run`, which tests call. */
import { setFlagsFromString } from 'node:v8';
import { STATUS } from './failure.js';
import { run } from './run.js';

// The optimising compiler's work on the large lexers is waited for at exit: without it a short run takes half the time.
setFlagsFromString('--liftoff-only');

// A reader that goes away (`skarp check | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Should the work end without an end, as where a thread goes away without a word, that is no success.
process.exitCode = STATUS.failed;
// A bundle of CommonJS has no await of its own.
void run(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
