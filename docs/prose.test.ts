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
const findProse = (path: string, source: string) => findTexts(path, source, PROSE);

function findTexts(path: string, source: string, pattern: RegExp): string[] {
  const found: string[] = [];
  const add = (node: Node, text: string) => {
    const line = source.slice(0, Number(node.start)).split('\n').length;
    if (pattern.test(text)) found.push(`${path}:${line}: ${text.trim().slice(0, 100)}`);
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

/** Two words beside each other, or one beside what is put in: `scaled to 0`, `took ${duration}`, `${count} more`. */
const PHRASE =
  /(?:^|[^\p{L}\p{N}_./<-])(?:[\p{L}’']{2,}[,;:]? [\p{Ll}’']{2,}|1[,;:]? [\p{Ll}’']{3,}|[\p{Ll}]{3,} 1)(?![\p{L}\p{N}_=/-])/u;
/** Beside units: names by which a program knows a row or a column, commands, and what is thrown for a programmer. */
const NO_PHRASES: readonly RegExp[] = [
  /^1 (?:ms|min)$/,
  /^use client$/,
  /^docker /,
  /(?:Root|It answers 1)\.$/,
  /^(?:stack|service|rest|failures|well|not well) 1+( 1)?$/,
  /^(?:well|stack|no stack|\d+)+$/,
];

function findPhrases(path: string, source: string): string[] {
  return findTexts(path, source, PHRASE).filter(
    (found) => !NO_PHRASES.some((known) => known.test(found.replace(/^.*?:\d+: /, ''))),
  );
}

test.each(['lib/view', 'lib/client'])('no phrase of %s is anything but a message', (room) => {
  const found = listSources(room).flatMap((path) =>
    findPhrases(path, readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(found, 'Write them in lib/words/en').toEqual([]);
});

test('what is counted is a message, too', () => {
  const found = ['components', 'app', 'lib/view', 'lib/client']
    .flatMap(listSources)
    .filter((path) => /\b(?:plural|formatPlural)\(/.test(readFileSync(join(ROOT, path), 'utf8')));
  expect(found, 'Count it in lib/words/en/counts.ts').toEqual([]);
});

/** What stands where it is drawn and is no word: names of keys, of variables and of what is to be typed, letters of units. */
const NO_WORDS: readonly RegExp[] = [
  /^(?:Enter|Esc|Shift|Ctrl|[A-Z])$/,
  /^(?:VITALS|DOCKER)_[A-Z]+$/,
  /^-v \/var\/run\/docker\.sock/,
  /^tcp:\/\/$/,
  /^\{addr\}$/,
];
/** Attributes and properties that are shown or read out. */
const SHOWN =
  /^(?:title|aria-label|label|placeholder|alt|text|about|caption|word|words|hint|heading|note|lead|link|what|legend|names|body)$/;

/** Texts of elements, and of what they are called, also where one is chosen among several or made of parts. */
function findLabels(path: string, source: string): string[] {
  const found: string[] = [];
  const add = (node: Node, text: string) => {
    const line = source.slice(0, Number(node.start)).split('\n').length;
    const label = text.replace(/\s+/g, ' ').trim();
    if (/\p{L}{2}/u.test(label) && !NO_WORDS.some((known) => known.test(label)))
      found.push(`${path}:${line}: ${label}`);
  };
  /** Whatever of a drawn expression may be its text. */
  const draw = (node: Node | null): void => {
    switch (node?.type) {
      case 'Literal':
        if (typeof node.value === 'string') add(node, node.value);
        return;
      case 'TemplateLiteral':
        for (const { value } of node.quasis as { value: { cooked: string } }[]) add(node, value.cooked);
        for (const part of node.expressions as Node[]) draw(part);
        return;
      case 'JSXExpressionContainer':
        draw(node.expression as Node);
        return;
      case 'ConditionalExpression':
        draw(node.consequent as Node);
        draw(node.alternate as Node);
        return;
      case 'LogicalExpression':
      case 'BinaryExpression':
        if (/^(?:[<>=!]|in)/.test(String(node.operator))) return;
        draw(node.left as Node);
        draw(node.right as Node);
    }
  };
  const visit = (node: Node): void => {
    if (node.type === 'JSXText') add(node, String(node.value));
    else if (node.type === 'JSXElement' || node.type === 'JSXFragment')
      for (const child of node.children as Node[]) draw(child);
    else if (node.type === 'JSXAttribute' && SHOWN.test(String((node.name as Node).name)))
      draw(node.value as Node | null);
    else if (node.type === 'Property' && SHOWN.test(String((node.key as Node).name)))
      draw(node.value as Node);
    for (const child of Object.values(node))
      for (const one of Array.isArray(child) ? child : [child])
        if (typeof one === 'object' && one !== null && 'type' in one) visit(one as Node);
  };
  visit(parseSync(path, source).program as unknown as Node);
  return found;
}

test.each(['components', 'app'])('no label of %s is anything but a message', (room) => {
  const found = listSources(room).flatMap((path) => findLabels(path, readFileSync(join(ROOT, path), 'utf8')));
  expect(found, 'Write them in lib/words/en/pages').toEqual([]);
});

test('a label is found wherever it is drawn from, and the name of a key is none', () => {
  const source = `
    const a = <p title="Sort again">{n} of {total} <kbd>Esc</kbd></p>;
    const b = <p aria-label={\`Log of \${name}\`}>{isOld ? 'then' : words.now}</p>;
    const c = { word: 'Ready', className: 's-healthy', key: 'ready' };
    const d = <a href="/nodes">{kind === 'node' && words.node}</a>;
  `;
  expect(findLabels('x.tsx', source).map((one) => one.slice(6))).toEqual([
    '2: Sort again',
    '2: of',
    '3: then',
    '3: Log of',
    '4: Ready',
  ]);
});

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
