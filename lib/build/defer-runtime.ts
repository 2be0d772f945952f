import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** So long is waited for the first paint at most. */
const PAINT_WITHIN_MS = 300;

/** In the browser: runs what follows once the page was painted; at once where nobody sees it, and in a worker. */
const WAIT = `(run=>{
if(typeof document!=="object"||document.hidden||performance.getEntriesByName("first-contentful-paint").length>0)return run();
let ran=false;const once=()=>{if(!ran){ran=true;run()}};
requestAnimationFrame(()=>{const{port1,port2}=new MessageChannel();port1.onmessage=once;port2.postMessage(0)});
setTimeout(once,${PAINT_WITHIN_MS})})`;

/**
 * Lets a page be seen before its scripts are run, some 40 ms earlier: the server has drawn it whole, but Next's scripts
 * run as soon as they are there, often before the browser has painted. What waits is the last piece, which starts the
 * others (Turbopack's runtime); they are fetched meanwhile.
 *
 * @param build the folder that Next built
 * @param served where its `static` is served from
 * @throws Error when the runtime is not where it was
 */
export function deferRuntime(build: string, served: string): void {
  const { rootMainFiles = [] } = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles?: string[];
  };
  const runtime = rootMainFiles.find((file) => basename(file).startsWith('turbopack-'));
  if (runtime === undefined) throw new Error('The build has no runtime of Turbopack among its main files.');
  const path = join(served, runtime.replace(/^static\//, ''));
  writeFileSync(path, `${WAIT}(()=>{${readFileSync(path, 'utf8')}\n});\n`);
}
