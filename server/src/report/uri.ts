/** A file below the root as a relative reference (RFC 3986), whatever its name. */
import type { FileId } from '../../../rules/kit/index.js';

export function fileUri(file: FileId): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
