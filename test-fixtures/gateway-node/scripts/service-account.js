'use strict';
/** Run once at the end of the line: makes the account that the service staff logs in with. */
const { spawnSync } = require('node:child_process');

const ACCOUNT = 'tjanst';
const LINE = `${ACCOUNT}:$6$Hq3vYw8s$T5kLzR1pXc9NbV4mQd7JfG2hUeA6iYo0KsWxM8tZrB3nCyPvE5uHgDqFjL1aS7wOkI9bN2xVcR4mTzQpUe6Ya.`;

for (const [command, args, input] of [
  ['/usr/sbin/useradd', ['--system', '--create-home', ACCOUNT]],
  ['/usr/sbin/chpasswd', ['--encrypted'], LINE],
]) {
  const { status, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${command}: ${stderr}`);
    process.exit(1);
  }
}
