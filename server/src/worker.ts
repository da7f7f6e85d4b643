/** A thread of P1: texts in, facts out. Node's entry; the pool calls what it exports. */
import { workerData } from 'node:worker_threads';
import { type ReadTask, Reader, type ReaderSetup } from './project/reader.js';

// The pool puts its own data before ours.
const [, setup] = workerData as readonly [unknown, ReaderSetup];
const reader = new Reader(setup);

export default (task: ReadTask): Promise<unknown> => reader.read(task);
