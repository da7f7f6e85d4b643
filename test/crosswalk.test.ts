/** Crosswalks: nothing in them without a source, and nothing in the folder left out. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIDENCE, LEVELS, SECTORS } from '../rules/standard/crosswalk/crosswalk.js';
import { crosswalks } from '../rules/standard/crosswalk/index.js';

const FOLDER = join(import.meta.dirname, '../rules/standard/crosswalk');
const CODES = new Set(Object.keys(CONFIDENCE));

describe('Crosswalks', () => {
  it('are all of the folder, each under the name of its file', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    assert.deepEqual(crosswalks.map(({ id }) => `${id}.json`).sort(), files.sort());
  });

  for (const { id, title, identity, audience, level, placement, note, cells } of crosswalks)
    it(`${id}: every cell has a heading, a confidence and a source`, () => {
      assert.ok(title.length > 0);
      assert.ok(CODES.has(identity), identity);
      assert.ok(audience.length > 0 && audience.every((each) => SECTORS.includes(each)));
      assert.ok(level.length > 0 && level.every((each) => LEVELS.includes(each)));
      assert.ok(placement === undefined || CODES.has(placement), placement);
      assert.ok(cells.length > 0 || note !== undefined, 'without cells, it says why');
      const order = cells.map(({ heading }) => heading);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
      for (const { heading, refs, confidence, source } of cells) {
        assert.ok(Number.isInteger(heading) && heading >= 1 && heading <= 13, String(heading));
        assert.ok(CODES.has(confidence), confidence);
        assert.ok(source.length > 0);
        assert.equal(confidence === 'J', source === 'our own judgement', `${String(heading)}: ${source}`);
        assert.equal(new Set(refs).size, refs.length, `heading ${String(heading)} names a place twice`);
        assert.ok(refs.every((ref) => ref.trim().length > 0));
        assert.ok(
          !refs.some((ref) => /\d to /.test(ref)),
          'places are written out, so that each can be found',
        );
      }
    });
});
