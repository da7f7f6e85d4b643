import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { ValidationError } from './validate';

export async function writeAtomic(file: string, data: string | Buffer, mode = 0o600): Promise<void> {
  const tmp = `${file}.${process.pid}.tmp`;
  const handle = await open(tmp, 'w', mode);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(tmp, file);
}

export function insideDir(root: string, name: string): string {
  const base = path.resolve(root) + path.sep;
  const full = path.resolve(base, name);
  if (!full.startsWith(base)) throw new ValidationError('file name is not valid');
  return full;
}
