import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FRONT_PATHS, HEALTH_PATH } from '#lib/server/http/front-paths.ts';
import { ALL_SETTINGS } from '#lib/server/settings/settings.ts';
import { CHANGES, OPERATIONS } from '#lib/wire/schema/openapi.ts';
import { GENERATED } from './generated.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const find = (...patterns: string[]) => globSync(patterns, { cwd: root }).toSorted();
const documents = [...find('*.md', 'docs/**/*.md')];

/** The text between this heading and the next one of its level or above. */
function readSection(path: string, heading: string): string {
  const lines = read(path).split('\n');
  const from = lines.indexOf(heading);
  expect(from, `${path} has the section "${heading}"`).toBeGreaterThanOrEqual(0);
  const level = heading.indexOf(' ');
  const until = lines.findIndex((line, at) => at > from && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(from, until < 0 ? undefined : until).join('\n');
}

/** What stands in backticks. */
const namesIn = (text: string) => new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, name]) => name));

describe('SECURITY.md', () => {
  it('says of every page and route who is answered', () => {
    const named = namesIn(readSection('SECURITY.md', '### Access'));
    const routes = find('app/**/page.tsx', 'app/**/route.ts').map(
      (file) => `/${dirname(file).split('/').slice(1).join('/')}`,
    );
    expect(routes).toContain('/api/services/[name]/[replica]');
    routes.push(...FRONT_PATHS);
    expect(
      routes.filter((route) => !named.has(route)),
      'routes without a row under "Access" of SECURITY.md: say who is answered',
    ).toEqual([]);
    const known = new Set(routes);
    const isRoute = (name = '') => name.startsWith('/') && !known.has(name);
    expect([...named].filter(isRoute), 'routes that are named and are not there').toEqual([]);
  });

  it('names every file that anybody may fetch', () => {
    const named = namesIn(readSection('SECURITY.md', '### Access'));
    expect(
      find('public/**/*.*').filter((file) => !named.has(file.slice('public/'.length))),
      'files without a row under "Access" of SECURITY.md',
    ).toEqual([]);
  });

  it('names every module that connects to something', () => {
    const named = namesIn(readSection('SECURITY.md', '### Outgoing connections'));
    const sources = find('{app,components,lib}/**/*.{ts,tsx}', '*.ts').filter(
      (file) => !/\.test\.tsx?$|\.d\.ts$|^lib\/(demo|testing)\/|\/start-test-server\.ts$/.test(file),
    );
    const connecting = sources.filter((file) => connects(read(file))).map((file) => basename(file));
    expect(connecting).toContain('post-text.ts');
    expect(
      connecting.filter((file) => !named.has(file)),
      'modules without a row under "Outgoing connections" of SECURITY.md',
    ).toEqual([]);
  });

  it('names tests that are there', () => {
    const tests = new Set(
      find('{app,components,docs,e2e,lib}/**/*.{test,spec}.{ts,tsx}').flatMap((file) => [
        file,
        basename(file),
      ]),
    );
    const named = [...namesIn(read('SECURITY.md'))].filter((name = '') =>
      /\w\.(test|spec)\.tsx?$/.test(name),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name = '') => !tests.has(name))).toEqual([]);
  });
});

/**
 * Whether this source can open a connection or start a program: it asks for more than types of the modules that do so.
 */
function connects(source: string): boolean {
  const imported = source.matchAll(/^import (?!type\b)([^;]*?) from '([^']+)';/gms);
  for (const [, names = '', from = ''] of imported) {
    if (from === 'dockerode' || from === 'ssh2' || from === 'undici') return true;
    if (/^node:(child_process|dgram|dns|http2|https|net|tls)\b/.test(from) && opens(names)) return true;
    if (from === 'node:http' && opens(names)) return true;
    if (from.endsWith('/builtins.ts') && /\bhttps?\b|loadHttps/.test(names)) return true;
  }
  return /(?<![\w.])fetch\(|getBuiltinModule\('node:(https?|net|tls)'\)|new (WebSocket|EventSource)\(/.test(
    source,
  );
}

/** Names that only describe, look at addresses or serve open nothing. */
function opens(names: string): boolean {
  const harmless =
    /^(type .*|isIP|isIPv4|isIPv6|BlockList|Server|createServer|ServerResponse|IncomingMessage)$/;
  return names
    .replaceAll(/[{}]/g, ',')
    .split(',')
    .map((name) => name.trim())
    .some((name) => name !== '' && !harmless.test(name));
}

describe('a page', () => {
  const pages = find('app/**/page.tsx')
    .map((file) => `/${dirname(file).split('/').slice(1).join('/')}`)
    .filter((path) => path !== '/' && !path.includes('['))
    // They are there with several swarms alone (fleet.spec.ts).
    .filter((path) => !path.startsWith('/fleet'));

  it('is visited below a base path', () => {
    expect(pages).toContain('/events');
    const spec = read('e2e/specs/base-path.spec.ts');
    expect(
      pages.filter((path) => !spec.includes(`'${path}',`)),
      'pages that are missing in PAGES of e2e/specs/base-path.spec.ts',
    ).toEqual([]);
  });
});

describe('public/openapi.json', () => {
  it('has every path of the API that is for other programs', () => {
    const ours = ['/api/signed-out', '/api/fleet/none'];
    const routes = find('app/api/**/route.ts')
      .map((file) => `/${dirname(file).split('/').slice(1).join('/')}`)
      .filter((route) => !ours.includes(route));
    const all = new Set([...OPERATIONS, ...CHANGES].map(({ path }) => path));
    const paths = [...all].map((path) =>
      path.replaceAll('{', '[').replaceAll('}', ']').replace('[key]', '[replica]'),
    );
    expect(
      paths.toSorted(),
      'OPERATIONS of lib/wire/schema/openapi.ts (received) and the folders of app/api (expected)',
    ).toEqual([...routes, HEALTH_PATH].toSorted());
  });
});

describe('docs/configuration.md', () => {
  it('has every setting that is read', () => {
    const sources = find('lib/**/*.ts').filter((file) => !/\.test\.ts$|^lib\/(demo|testing)\//.test(file));
    const settings = new Set<string>(ALL_SETTINGS.map(([name]) => name));
    const mentioned = new Set(
      sources.flatMap((file) =>
        Array.from(read(file).matchAll(/\bVITALS_[A-Z]+(?:_[A-Z]+)*\b(?!_)/g), ([name]) => name),
      ),
    );
    expect(mentioned.size).toBeGreaterThan(25);
    for (const name of mentioned) settings.add(name);
    const text = read('docs/configuration.md');
    // Of a secret `X`, `X_FILE` is said once for all.
    const isThere = (name: string) =>
      text.includes(`\`${name}\``) || (name.endsWith('_FILE') && text.includes(`\`${name.slice(0, -5)}\``));
    expect(
      [...settings].filter((name) => !isThere(name)),
      'settings that are read and not described: a row in lib/server/settings/settings.ts, then `npm run generate`',
    ).toEqual([]);
  });
});

describe('.github/workflows', () => {
  const workflows = find('.github/workflows/*.yml');
  it.each(workflows)('%s may do no more than it must, and runs what is named by its hash', (path) => {
    const text = read(path);
    expect(text).toMatch(/^permissions:/m);
    const used = Array.from(text.matchAll(/uses: *(\S+)/g), ([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action = '') => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it('run scripts of this repository', () => {
    const scripts = workflows.flatMap((path) =>
      Array.from(read(path).matchAll(/(?<![\w/])\.ci\/[\w-]+/g), ([script]) => script),
    );
    expect(new Set(scripts)).toEqual(new Set(['.ci/check', '.ci/run', '.ci/release']));
    expect(scripts.filter((script) => !existsSync(join(root, script)))).toEqual([]);
  });
});

describe('the documents', () => {
  it.each(documents)('%s links to files that are there', (document) => {
    const links = Array.from(
      read(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g),
      ([, link = '']) => link,
    );
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  it.each(['CONTRIBUTING.md', ...documents.filter((path) => /^docs\/(architecture|decisions\/)/.test(path))])(
    '%s names paths that are there',
    (document) => {
      const paths = [...namesIn(read(document))].filter((name = '') =>
        /^(app|components|docs|e2e|lib|public)(\/[\w.[\]-]+)*$/.test(name),
      );
      expect(paths.filter((path = '') => !existsSync(join(root, path)))).toEqual([]);
    },
  );

  it('docs/architecture.md has every room', () => {
    const named = namesIn(readSection('docs/architecture.md', '## Rooms'));
    const rooms = readdirSync(join(root, 'lib')).map((room) => `lib/${room}`);
    expect(rooms.filter((room) => !named.has(room))).toEqual([]);
  });

  it.each(GENERATED)('$path is as `npm run generate` writes it', ({ path, toText }) => {
    const present = read(path);
    expect(toText(present)).toBe(present);
  });

  it('README.md is short', () => {
    expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(8_000);
  });
});
