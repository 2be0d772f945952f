import { describe, expect, test } from 'vitest';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import {
  formatMarkdownBlock,
  formatMarkdownCode,
  formatMarkdownCodeCell,
  formatMarkdownTable,
  formatMarkdownText,
} from '#lib/view/format/format-markdown.ts';
import { en } from '#lib/words/en.ts';
import { formatReplicaIncident, formatServiceIncident } from './format-incident.ts';
import { toPortCommand, toReplicaCommands, toServiceCommands } from './to-docker-commands.ts';

const ESC = '\u001b';

describe('words that others wrote, in Markdown', () => {
  test.each([
    ['plain words', 'plain words'],
    ['a|b', 'a\\|b'],
    ['`rm`', '\\`rm\\`'],
    ['*bold* _it_', '\\*bold\\* \\_it\\_'],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['[click](http://x)', '\\[click\\](http:\u200b//x)'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['@everyone', '@\u200beveryone'],
    ['see www.evil.example', 'see www\u200b.evil.example'],
    ['WWW.evil.example', 'WWW\u200b.evil.example'],
    ['![x](javascript:alert)', '!\\[x\\](javascript:alert)'],
    ['<!channel> <@U1>', '\\<!channel\\> \\<@\u200bU1\\>'],
    ['two\nlines', 'two lines'],
    [`${ESC}[31mred${ESC}[0m`, 'red'],
    ['abc\u202etxt.exe', 'abctxt.exe'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j', (text, wanted) => expect(formatMarkdownText(text)).toBe(wanted));

  test.each([
    ['docker02', '`docker02`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['', '` `'],
  ])('code %j', (text, wanted) => expect(formatMarkdownCode(text)).toBe(wanted));

  test.each(['a`|<img src=x>|`b', 'a\\|b', '\\\\|b', '|', 'x\\', 'docker02'])(
    '%j is one cell of a table',
    (text) => {
      const [, , row = ''] = formatMarkdownTable(['a', 'b'], [[formatMarkdownCodeCell(text), 'z']]).split(
        '\n',
      );
      // As GitHub cuts a row: at each bar but those behind a backslash that is none's own, in code as well.
      const cells = row.match(/(?:\\.|[^|\\])+/g) ?? [];
      expect(cells.map((cell) => cell.trim())).toEqual([expect.any(String), 'z']);
      expect(row).not.toMatch(/(?<!\\)<img/);
    },
  );

  test.each([
    ['one', '```text\none\n```'],
    ['```\nout of the fence', '````text\n```\nout of the fence\n````'],
    ['a ````` b', '``````text\na ````` b\n``````'],
    [`${ESC}]0;title\u0007shown`, '```text\nshown\n```'],
  ])('block %j', (text, wanted) => expect(formatMarkdownBlock(text)).toBe(wanted));
});

const at = Date.UTC(2026, 10, 25, 12, 0, 0);
const context = { nowMs: at + 134_000, permalink: 'http://vitals.lan/services/api/2' };
const replica = buildReplica({
  key: '2',
  slot: 2,
  hostname: 'docker02',
  status: 'failing',
  sinceMs: at,
  sentence: 'Failed 2 of 3 probes | exit 1.',
  evidence: { label: 'exit 1 after 52 ms', text: 'HTTP 503 `upstream` | ```\nlast line' },
  taskId: 'task-2',
  containerId: 'e45b',
  image: 'shop/api:3',
});
const ended: TaskDetail = {
  id: 'task-1',
  nodeId: 'node-1',
  hostname: 'docker01',
  state: 'failed',
  desiredState: 'shutdown',
  stateAtMs: at - 60_000,
  message: 'started',
  error: 'task: non-zero exit (137)',
  exitCode: 137,
  image: 'shop/api:3',
  createdAtMs: null,
  container: null,
  end: null,
  probes: [],
  addresses: [],
  forgotten: false,
};
const probes = [1, 2].map((n) =>
  buildProbe({
    startedAtMs: at + n * 5000,
    endedAtMs: at + n * 5000 + 52,
    durationMs: 52,
    exitCode: 1,
    output: `HTTP 503 | probe ${n}\n`,
  }),
);

describe('an incident to paste elsewhere', () => {
  test('a replica', () => {
    const text = formatReplicaIncident('api', replica, { probes, earlier: [ended] }, context);
    expect(text).toBe(`## api.2: failing

Failed 2 of 3 probes \\| exit 1.

- Since: 2026-11-25 12:00:00 UTC (2 min 14 s)
- Node: \`docker02\`
- Image: \`shop/api:3\`
- Task: \`task-2\`
- Container: \`e45b\`
- Page: <http://vitals.lan/services/api/2>

exit 1 after 52 ms:

\`\`\`\`text
HTTP 503 \`upstream\` | \`\`\`
last line
\`\`\`\`

Last probes, newest first:

| Started | Took | Result | Output |
| --- | --- | --- | --- |
| 2026-11-25 12:00:10 UTC | 52 ms | exit 1 | HTTP 503 \\| probe 2 |
| 2026-11-25 12:00:05 UTC | 52 ms | exit 1 | HTTP 503 \\| probe 1 |

Earlier ends, newest first:

- 2026-11-25 11:59:00 UTC: Exited, exit 137 (SIGKILL) (task \`task-1\` on \`docker01\`)
`);
  });

  test('a service, with those of its replicas that have a problem', () => {
    const service = buildServicePicture({
      name: 'api',
      verdict: 'failing',
      sentence: 'One replica fails.',
      sinceMs: at,
      desired: 2,
      replicas: [buildReplica({ key: '1' }), replica],
    });
    const text = formatServiceIncident(service, null, context);
    expect(text).toContain('## api: failing, 1 of 2 replicas healthy');
    expect(text).toContain(
      '| `2` | failing | 2026-11-25 12:00:00 UTC | `docker02` | `task-2` | Failed 2 of 3',
    );
    expect(text).not.toContain('| `1` |');
  });
});

describe('commands for the shell', () => {
  test.each([
    ['web', 'web'],
    ['shop_api-3.v2', 'shop_api-3.v2'],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(reboot)', "'$(reboot)'"],
    ['--force', "'--force'"],
    ['', "''"],
  ])('%j is %s', (word, wanted) => expect(quoteShell(word)).toBe(wanted));

  test('what a node calls itself, and what a label asks for, is one word of it', () => {
    const http = { published: 80, ask: { kind: 'http', path: "/a';reboot;" } } as const;
    expect(toPortCommand(http, 'docker01')).toMatch(/ 'http:\/\/docker01:80\/a'\\'';reboot;'$/);
    expect(toPortCommand({ ...http, ask: { kind: 'tcp' } }, 'a;reboot')).toBe("nc -vz -w 3 'a;reboot' 80");
    expect(toPortCommand({ ...http, ask: { kind: 'tls' } }, '$(reboot)')).toContain(" '$(reboot):80' ");
    expect(toPortCommand({ ...http, ask: { kind: 'tcp' } }, '-e/bin/sh')).toBe('nc -vz -w 3 NODE 80');
    expect(toPortCommand({ published: 80, ask: { kind: 'http', path: '/health' } }, 'docker01')).toMatch(
      / http:\/\/docker01:80\/health$/,
    );
    expect(
      en.findings.node['promotion-stuck']({ host: '$(reboot)', ageMs: 60_000, down: false }).hint,
    ).toContain("promote '$(reboot)'");
  });

  test('each says on which machine', () => {
    const [health] = toReplicaCommands({ hostname: 'docker02', containerId: 'e45b111122223333' });
    expect(health).toEqual({
      what: 'Health',
      where: 'on docker02',
      command: "docker inspect -f '{{json .State.Health}}' e45b11112222",
    });
    expect(toServiceCommands('a b')[0]).toMatchObject({
      where: 'on a manager',
      command: "docker service ps --no-trunc 'a b'",
    });
    expect(toReplicaCommands({ hostname: null, containerId: null })).toEqual([]);
  });
});
