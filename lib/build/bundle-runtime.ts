import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/** What is started by name beside Next's own build, and from which source. */
const PROGRAMS = {
  /** The server. Last, see `SERVER_FILE`. */
  serve: 'lib/server/http/cli.ts',
  'lib/history/thread': 'lib/history/thread.ts',
  'lib/history/postgres/connection': 'lib/history/postgres/connection.ts',
  'lib/image/enter': 'lib/image/enter.ts',
};

/** Next has been traced into the build already; the others are optional, compiled, and done without. */
const EXTERNAL = [/^next($|\/)/, /\.node$/, 'supports-color'];
/** What dockerode loads at once, and nothing here has it do: `left-out.ts` says what. */
export const LEFT_OUT: readonly string[] = [
  '@balena/dockerignore',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  'protobufjs',
  'ssh2',
  'tar-fs',
];
const LICENSE = /^(licen[cs]e|notice|copying)(\.|-|$)/i;

/**
 * Writes the server, the threads of the history, and the image's entry with the agent into `folder` as JavaScript, with all
 * that they need: what Node takes to run TypeScript costs each of them 17 MB of memory.
 *
 * @param root the project
 * @param plugins what else is done to the sources on their way
 */
export async function bundleRuntime(root: string, folder: string, plugins: Plugin[] = []): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input: PROGRAMS,
    plugins,
    platform: 'node',
    external: EXTERNAL,
    resolve: {
      alias: Object.fromEntries(LEFT_OUT.map((name) => [name, join(root, 'lib/build/left-out.ts')])),
    },
    transform: { define: { __dirname: 'import.meta.dirname' } },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    // V8 keeps the source: without comments and blanks it is half. Names stay, for stack traces.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    // One letter beyond Latin-1 and V8 keeps a file at two bytes a letter: 2.4 MB of three files.
    charset: 'ascii',
    entryFileNames: '[name].js',
    chunkFileNames: 'lib/chunks/[name]-[hash].js',
  });
  await bundle.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  writeFileSync(join(folder, 'licenses.txt'), collectLicenses(modules));
}

/** The licenses of the packages that these modules are of. */
function collectLicenses(modules: readonly string[]): string {
  const packages = new Set(
    modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...packages]
    .toSorted()
    .map((folder) => {
      const name = folder.split('/node_modules/').at(-1);
      const files = existsSync(folder) ? readdirSync(folder).filter((file) => LICENSE.test(file)) : [];
      return [name, ...files.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}
