import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/**
 * Where no sentence is written: what a person reads is a message in `lib/words`. What is left is none: selectors of the
 * page's elements (`input, textarea, select`), a field's name that is compared, and what a programmer reads who uses a
 * hook where it cannot work. `lib/server`, `lib/watch`, `lib/engine`, `lib/history` and `lib/agent` are not held here:
 * see `docs/decisions/021-words.md`.
 */
const LEFT: Readonly<Record<string, number>> = {
  'lib/model': 0,
  'lib/view': 0,
  'lib/wire': 0,
  'lib/client': 1,
  'lib/live': 0,
  'lib/facts': 0,
  components: 3,
  app: 0,
};

/** Whoever says something to a reader, in the one language that `#words` leads to. */
const SPEAKERS = /^(?:components|app|lib\/(?:view|client|server|words))\//;

/** Three words or more beside each other, in lower case but for the first: a command, a class or a name has none. */
const PROSE = /(?:^|[^\p{L}\p{N}_./<-])[\p{L}’']+[,;:]? [\p{Ll}’']+[,;:]? [\p{Ll}’']+(?![\p{L}\p{N}_=/-])/u;
/** Attributes and properties whose text no person reads. */
const NAMES = /^(?:className|class|d|viewBox|style|media|sizes|rel|content|transform|points)$/i;

interface Node {
  type: string;
  [key: string]: unknown;
}

/** The texts of a file that read like a sentence, with their lines. */
function findProse(path: string, source: string): string[] {
  const found: string[] = [];
  const add = (node: Node, text: string) => {
    const line = source.slice(0, Number(node.start)).split('\n').length;
    if (PROSE.test(text)) found.push(`${path}:${line}: ${text.trim().slice(0, 100)}`);
  };
  const visit = (node: Node): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'TSLiteralType':
        return;
      case 'JSXAttribute':
        if (NAMES.test(String((node.name as Node).name))) return;
        break;
      case 'Property':
        if (NAMES.test(String((node.key as Node).name))) return;
        break;
      case 'VariableDeclarator':
        if (NAMES.test(String((node.id as Node).name))) return;
        break;
      case 'Literal':
        if (typeof node.value === 'string') add(node, node.value);
        return;
      case 'JSXText':
        add(node, String(node.value).replace(/\s+/g, ' '));
        return;
      case 'TemplateLiteral': {
        const parts = node.quasis as { value: { cooked: string } }[];
        add(node, parts.map(({ value }) => value.cooked).join('1'));
        break;
      }
    }
    for (const child of Object.values(node))
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof one === 'object' && one !== null && 'type' in one) visit(one as Node);
  };
  visit(parseSync(path, source).program as unknown as Node);
  return found;
}

/** Words that are a secret's, a schema's or a field's own: matched, documented or compared there, and not said. */
const ALLOWED = /^lib\/(?:model\/text\/masking\/|model\/docker\/diff-spec\.ts|wire\/schema\/)/;

function listSources(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .sort()
    .map((name) => join(room, name));
}

function readRoom(room: string): string[] {
  return listSources(room)
    .filter((path) => !ALLOWED.test(path))
    .flatMap((path) => findProse(path, readFileSync(join(ROOT, path), 'utf8')));
}

test.each(Object.entries(LEFT))(
  '%s has no more than %i sentences that are not messages yet',
  (room, left) => {
    const found = readRoom(room);
    expect(found.length, `Write them in lib/words:\n${found.join('\n')}`).toBeLessThanOrEqual(left);
  },
);

/**
 * Labels that are no messages yet: what the overview loads at once (each that is moved adds some ten bytes to its JavaScript,
 * which is at its limit), and pieces of lines whose rest is drawn (`of`, `for`), keys, and names of variables.
 */
const LABELS_LEFT: Readonly<Record<string, number>> = { components: 175, app: 2 };

/** Attributes that are shown or read out. */
const SHOWN = /^(?:title|aria-label|label|placeholder|alt|text|about|caption|word|hint|heading)$/;

/** Texts of elements, and of what they are called, that stand where they are drawn. */
function findLabels(path: string, source: string): string[] {
  const found: string[] = [];
  const add = (node: Node, text: string) => {
    const line = source.slice(0, Number(node.start)).split('\n').length;
    if (/\p{L}{2}/u.test(text)) found.push(`${path}:${line}: ${text.trim()}`);
  };
  const visit = (node: Node): void => {
    if (node.type === 'JSXText') add(node, String(node.value));
    else if (node.type === 'JSXAttribute' && SHOWN.test(String((node.name as Node).name))) {
      const value = node.value as Node | null;
      if (value?.type === 'Literal') add(node, String(value.value));
    } else if (node.type === 'Property' && SHOWN.test(String((node.key as Node).name))) {
      const value = node.value as Node;
      if (value.type === 'Literal' && typeof value.value === 'string') add(node, value.value);
    }
    for (const child of Object.values(node))
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof one === 'object' && one !== null && 'type' in one) visit(one as Node);
  };
  visit(parseSync(path, source).program as unknown as Node);
  return found;
}

test.each(Object.entries(LABELS_LEFT))(
  '%s has no more than %i labels that are not messages',
  (room, left) => {
    const found = listSources(room).flatMap((path) =>
      findLabels(path, readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(found.length, `Write them in lib/words/en/pages:\n${found.join('\n')}`).toBeLessThanOrEqual(left);
  },
);

test('what reads like a sentence is found, and what a program reads is not', () => {
  const source = `
    import x from 'a long path name';
    const a = 'Its node is down.';
    const b = \`\${host} could not prepare it\`;
    const c = <p className="flex items gap" title={t}>Nothing is wrong here</p>;
    const d = 'docker service update --force web';
    const e = /no such image found/;
    type T = 'one of these';
  `;
  expect(findProse('x.tsx', source).map((one) => one.slice(6))).toEqual([
    '3: Its node is down.',
    '4: 1 could not prepare it',
    '5: Nothing is wrong here',
  ]);
});

test('a language is named in one place of package.json, and beside it for the server', () => {
  const files = ['lib', 'components', 'app'].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .map((name) => join(room, name))
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^lib\/(?:testing|words\/en)\b/.test(path))
      .map((path) => ({ path, source: readFileSync(join(ROOT, path), 'utf8') })),
  );
  const named = files.filter(({ source }) => /'(?:#lib\/words|\.)\/en[/.]/.test(source));
  expect(named.map(({ path }) => path)).toEqual(['lib/words/english.ts']);
  const speaking = files.filter(({ source }) => source.includes("'#words/"));
  expect(speaking.length).toBeGreaterThan(50);
  expect(speaking.map(({ path }) => path).filter((path) => !SPEAKERS.test(path))).toEqual([]);
});
