import { stripTypeScriptTypes } from 'node:module';

/** A TypeScript source as JavaScript that imports our other sources as JavaScript, too. Line numbers stay. */
export function toJavaScript(source: string): string {
  const code = stripTypeScriptTypes(source, { mode: 'strip' });
  return code.replaceAll(/(from '|import\(')([#.][^']+)\.ts'/g, "$1$2.js'");
}
