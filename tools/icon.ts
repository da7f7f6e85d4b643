/** Draws `media/icon.png`: a shield cut by a sharp edge. Run it when the mark changes: `node --import tsx tools/icon.ts`. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { deflateSync } from 'node:zlib';

type Point = readonly [number, number];
type Color = readonly [number, number, number];

const SIZE = 128;
/** Samples a pixel in each direction. */
const FINE = 8;
const BLUE: Color = [54, 100, 144];
const TEAL: Color = [32, 178, 160];

/** Half of the outline, from the middle of the top down to the tip; the other half mirrors it. */
const half: Point[] = [
  [64, 6],
  [84, 13],
  [114, 17],
  [114, 60],
];
for (let step = 1; step <= 32; step++) {
  const t = step / 32;
  const from: Point = [114, 60];
  const bend: Point = [112, 98];
  const tip: Point = [64, 123];
  half.push(
    [0, 1].map((axis) => {
      const at = (point: Point): number => point[axis] ?? 0;
      return (1 - t) ** 2 * at(from) + 2 * t * (1 - t) * at(bend) + t ** 2 * at(tip);
    }) as unknown as Point,
  );
}
const shield: Point[] = [...half, ...half.map(([x, y]): Point => [SIZE - x, y]).reverse()];
/** Widest where it enters and nothing where it leaves: a blade. */
const blade: Point[] = [
  [78, 0],
  [96, 0],
  [45, 128],
];

const pixels = Buffer.alloc(SIZE * (SIZE * 4 + 1));
for (let y = 0; y < SIZE; y++)
  for (let x = 0; x < SIZE; x++) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < FINE * FINE; sample++) {
      const at: Point = [x + ((sample % FINE) + 0.5) / FINE, y + (Math.floor(sample / FINE) + 0.5) / FINE];
      const color = colorAt(at);
      if (!color) continue;
      covered++;
      color.forEach((part, index) => (sum[index] = (sum[index] ?? 0) + part));
    }
    const offset = y * (SIZE * 4 + 1) + 1 + x * 4;
    sum.forEach((part, index) => (pixels[offset + index] = covered === 0 ? 0 : Math.round(part / covered)));
    pixels[offset + 3] = Math.round((covered / (FINE * FINE)) * 255);
  }

function colorAt(at: Point): Color | undefined {
  if (!inside(at, shield) || inside(at, blade)) return undefined;
  // Which side of the blade's spine.
  return (at[0] - 87) * 128 + at[1] * (87 - 45) < 0 ? BLUE : TEAL;
}

function inside([x, y]: Point, shape: readonly Point[]): boolean {
  let within = false;
  shape.forEach(([ax, ay], index) => {
    const [bx, by] = shape[(index + 1) % shape.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  });
  return within;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}

const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
// 8 bits a channel, color with transparency.
header.set([8, 6, 0, 0, 0], 8);
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', header),
  chunk('IDAT', deflateSync(pixels, { level: 9 })),
  chunk('IEND', Buffer.alloc(0)),
]);
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), '../media/icon.png'), png);
