/**
 * What the agent does is Docker's JSON read and written, which is compiled already: V8's optimizing compilers cost it
 * 10 MB of memory, most of it pages of Node's own file, and save no time. Little garbage is let pile up.
 */
export const AGENT_FLAGS = ['--no-opt', '--no-maglev', '--max-semi-space-size=1', '--v8-pool-size=1'];

/** Once more from the start in this same process, with settings that Node takes only then. Returns when they are in effect. */
export function runSmall(command: string): void {
  if (AGENT_FLAGS.every((flag) => process.execArgv.includes(flag))) return;
  const [node = process.execPath, entry = '', ...args] = process.argv;
  process.execve?.(node, [node, ...AGENT_FLAGS, entry, command, ...args]);
}
