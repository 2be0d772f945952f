import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a report into a document, in the place of the last one: between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`. */
export function writeReport(path: string, name: string, text: string): void {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const document = readFileSync(path, 'utf8');
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for it: ${begin} and ${end}.`);
  writeFileSync(path, `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`);
}
