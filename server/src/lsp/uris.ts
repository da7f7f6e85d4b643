/** URIs of the client, and paths below a root folder. */
import type { FileId } from '../../../rules/kit/index.js';

/** One spelling for every URI: clients differ in what they escape and in the case of a drive letter. */
export function canonical(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // A stray % stands for itself.
  }
  return plain
    .replace(
      /^(file:\/\/\/)([A-Z])(:)/,
      (_, scheme: string, drive: string, colon: string) => scheme + drive.toLowerCase() + colon,
    )
    .replace(/\/+$/, '');
}

/** A folder of the client's. */
export class Root {
  readonly key: string;
  private readonly base: string;

  constructor(readonly uri: string) {
    this.key = canonical(uri);
    this.base = uri.replace(/\/+$/, '');
  }

  /** The path of a URI below this folder; undefined for what lies outside. */
  fileOf(uri: string): FileId | undefined {
    const key = canonical(uri);
    return key.startsWith(`${this.key}/`) ? key.slice(this.key.length + 1) : undefined;
  }

  uriOf(file: FileId): string {
    return `${this.base}/${file.split('/').map(escapeSegment).join('/')}`;
  }
}

/** The folder that holds a file. */
export function parentOf(uri: string): string {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

/** As VS Code writes them, so that a file has one URI whoever names it. */
function escapeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
