import { readFileSync } from 'node:fs';

/**
 * Preloaded into a server and its threads (`NODE_OPTIONS=--import`): the clock of its machine is so many milliseconds ahead
 * of ours as the file `TEST_CLOCK_FILE` says, which is read again and again. What goes on evenly is left alone, as on a
 * machine whose clock is set.
 */
const FILE = process.env.TEST_CLOCK_FILE ?? '';
const READ_EVERY_MS = 100;
const Own = Date;
let aheadMs = 0;
const read = () => {
  aheadMs = Number(readFileSync(FILE, 'utf8'));
};
const now = () => Own.now() + aheadMs;

globalThis.Date = new Proxy(Own, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Own(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
read();
setInterval(read, READ_EVERY_MS).unref();
