/**
 * `npm start`: installs when needed, builds, and runs the main job: the sample devices are checked and the checklist is
 * shown in brief. `npm start -- check PATH` runs any command line and passes its exit status on.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { install, root, run, tool } from './install.mjs';

install();
run(process.execPath, ['--import', 'tsx', 'tools/build.ts'], { quiet: true });

const args = process.argv.slice(2);
const cli = join(root, 'dist', 'cli.cjs');
if (args.length > 0) {
  const asked = process.env.INIT_CWD ?? root;
  const result = spawnSync(process.execPath, [cli, ...args], { cwd: asked, stdio: 'inherit' });
  process.exit(result.status ?? 2);
}
run(process.execPath, [tool('tsx/dist/cli.mjs'), 'tools/tour.ts']);
