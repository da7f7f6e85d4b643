/** One product over made-up rules and texts in memory, read and worked out, without a session around it. */
import assert from 'node:assert/strict';
import { Engine } from '../../server/src/engine/engine.js';
import type { RuleSet } from '../../server/src/engine/rule-set.js';
import { Attributes } from '../../server/src/project/attributes.js';
import { Configs } from '../../server/src/project/config.js';
import { kindOf } from '../../server/src/project/files.js';
import { baseInterests } from '../../server/src/project/interests.js';
import { Products } from '../../server/src/project/products.js';
import { ProductProject } from '../../server/src/project/project.js';
import { Readings } from '../../server/src/project/readings.js';
import { grammars } from './grammars.js';
import { MemoryHost } from './memory-host.js';

export async function oneProduct(
  files: Readonly<Record<string, string>>,
  rules: RuleSet,
): Promise<ProductProject> {
  const attributes = new Attributes();
  const interests = baseInterests(rules);
  const products = new Products(Object.keys(files), new Configs());
  const project = new ProductProject('', {
    rules,
    attributes,
    interests,
    prefilter: true,
    partial: false,
    frameworks: () => products.frameworks(''),
    isNamed: () => true,
    textOf: (file) => Promise.resolve(files[file]),
  });
  for (const [file, text] of Object.entries(files)) {
    const kind = kindOf(file);
    assert.ok(kind, `${file} is of a kind that is read`);
    project.add(file, kind, text);
  }
  const pause = (): Promise<void> => Promise.resolve();
  const readings = new Readings(new Engine(grammars), new MemoryHost({}), interests, { jobs: 1 });
  for (let waiting = await project.waiting(pause); waiting.length > 0; waiting = await project.waiting(pause))
    await readings.all(waiting, attributes.masks(), pause);
  await project.link(pause);
  return project;
}
