import { describe, expect, test } from 'vitest';
import type { Report, ReportSlo, ServiceReport } from '#lib/model/contract/report.ts';
import { formatReportMarkdown } from '#lib/view/copy/format-report-markdown.ts';
import { formatCell, formatReportCsv, formatReportJson, toReportFile } from './format-report.ts';
import { toBarPaths } from './to-bar-paths.ts';
import {
  chooseRows,
  compareWorst,
  countSlos,
  describeBars,
  describeBudget,
  describeReport,
  describeSlos,
} from './to-report-page.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONTH = 30 * DAY;

const UPTIME = {
  ...{ up: MONTH, reduced: 0, down: 0, unknown: 0, uncounted: 0 },
  ...{ percent: 100, knownPercent: 100 },
};
const FIGURES = {
  uptime: UPTIME,
  incidents: { count: 0, open: 0, recovery: null },
  restarts: [],
  probes: null,
};

function service(name: string, parts: Partial<ServiceReport> = {}): ServiceReport {
  return { id: name, name, stack: 'shop', isGone: false, bars: ['up'], slo: null, ...FIGURES, ...parts };
}

function downFor(minutes: number, slo: Partial<ReportSlo> | null = null): Partial<ServiceReport> {
  const downMs = minutes * MINUTE;
  const allowedMs = 43.2 * MINUTE;
  const whole = { target: 99.9, state: 'kept' as const, allowedMs, leftMs: allowedMs - downMs, burn: 0.5 };
  return {
    uptime: { ...UPTIME, up: MONTH - downMs, down: downMs, percent: (100 * (MONTH - downMs)) / MONTH },
    slo: slo && { ...whole, ...slo },
  };
}

function report(services: ServiceReport[]): Report {
  return {
    ...{ days: 30, fromMs: 0, untilMs: MONTH, barMs: DAY, keptSinceMs: 0, isCut: false },
    scope: { stack: null, service: null },
    total: { services: services.length, ...FIGURES },
    stacks: [],
    services,
    history: { kind: 'disk', sentence: '' },
  };
}

describe('cells of a spreadsheet', () => {
  test.each<[string | number | null, string]>([
    ['shop_web', 'shop_web'],
    [null, ''],
    [-12.5, '-12.5'],
    ['=HYPERLINK("http://a")', '"\'=HYPERLINK(""http://a"")"'],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['＠a', "'＠a"],
    ['a=b', 'a=b'],
    ['two, of them', '"two, of them"'],
    ['a "word"', '"a ""word"""'],
    ['two\nlines', '"two\nlines"'],
    ["shop;=cmd|'/c calc'!A0;", `"shop;'=cmd|'/c calc'!A0;"`],
    ['a; ""+1', `"a;' ` + '""""+1"'],
    ['a\n=1', `"a\n'=1"`],
    ['a;b', '"a;b"'],
  ])('%j', (cell, text) => expect(formatCell(cell)).toBe(text));
});

test('CSV has a line for each service, and numbers without a unit', () => {
  const lines = [
    ...formatReportCsv(
      report([
        service('web', downFor(56.2, { state: 'spent', burn: 1.3009 })),
        service('=cmd', { stack: null, restarts: [{ cause: 'exit-code', count: 2 }] }),
      ]),
    ),
  ].map((line) => line.replace('\r\n', ''));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^service,stack,removed,from,until,uptime_percent,/);
  expect(lines[1]).toMatch(/^web,shop,no,1970-01-01T00:00:00\.000Z,1970-01-31T00:00:00\.000Z,99\.8699,100,/);
  expect(lines[1]).toMatch(/,99\.9,spent,2592,-780,1\.301$/);
  expect(lines[2]).toMatch(/^'=cmd,,no,/);
  expect(lines[2]).toContain(',2,exit-code 2,');
  for (const line of lines) expect(line.split(',')).toHaveLength(26);
});

test.each([[[]], [[service('web')]], [[service('web'), service('"__proto__"', downFor(3))]]])(
  'JSON that is written a service at a time is the same',
  (services) => {
    expect(JSON.parse([...formatReportJson(report(services))].join(''))).toEqual(report(services));
  },
);

test.each([
  [{ stack: null, service: null }, 'report-swarm-30d-1970-01-30.csv'],
  [{ stack: 'shop', service: null }, 'report-shop-30d-1970-01-30.csv'],
  [{ stack: '../"; x=\r\n', service: null }, 'report-.._x_-30d-1970-01-30.csv'],
])('what a browser calls it: %j', (scope, name) => expect(toReportFile({ ...report([]), scope })).toBe(name));

test('a target of which nothing is known is neither kept nor missed', () => {
  const states = ['kept', 'fast', 'spent', 'unknown', 'unknown'] as const;
  const services = states.map((state, at) => service(`s${at}`, downFor(1, { state })));
  expect(countSlos([...services, service('none')])).toEqual({ kept: 2, missed: 1, unknown: 2, of: 5 });
  expect(countSlos([service('none')])).toBeNull();
});

describe('the report in a sentence', () => {
  test.each<[string, ServiceReport[], string]>([
    ['nobody was down', [service('web')], 'No service was down in the time that is known.'],
    ['one was down', [service('web', downFor(3)), service('api')], 'web was down for 3 min.'],
    [
      'several were down',
      [service('web', downFor(3)), service('api', downFor(9.5))],
      'api was down for 9 min 30 s, longer than any other.',
    ],
    [
      'a budget is spent',
      [service('web', downFor(56.2, { state: 'spent', burn: 1.3 })), service('api', downFor(90))],
      'web was down for 56 min, 13 min more than its 99.9 % allows.',
    ],
    [
      'a budget goes too fast',
      [service('web', downFor(10, { state: 'fast', burn: 3 })), service('api', downFor(90))],
      'web has 33 min of its budget left, and at its pace the whole budget lasts 10 d.',
    ],
  ])('%s', (_, services, sentence) => expect(describeReport(report(services))).toBe(sentence));

  test('nothing is known', () => {
    const nothing = { ...FIGURES, uptime: { ...UPTIME, percent: null } };
    expect(describeReport({ ...report([]), total: { services: 0, ...nothing } })).toBe(
      'Nothing is known of this time.',
    );
  });
});

test.each<[string, ServiceReport[], number, ReturnType<typeof describeSlos>]>([
  ['nobody has a target', [service('web')], 3, null],
  ['all is well', [service('web', downFor(1, {}))], 0, { word: 'SLO kept', kind: 'kept' }],
  [
    'a target is missed, and more is wrong',
    [service('web', downFor(60, { state: 'spent' }))],
    3,
    { word: '1 SLO missed', kind: 'missed' },
  ],
  [
    'targets are kept so far, in the midst of a bad day',
    [service('web', downFor(1, {})), service('api', downFor(1, {}))],
    18,
    { word: '18 incidents open', kind: 'open' },
  ],
  [
    'a budget will not last',
    [service('web', downFor(20, { state: 'fast' })), service('api', downFor(1, {}))],
    0,
    { word: '1 budget goes too fast', kind: 'fast' },
  ],
  [
    'of one nothing is known',
    [service('web', downFor(0, { state: 'unknown' })), service('api', downFor(1, {}))],
    0,
    { word: '1 SLO not known', kind: 'unknown' },
  ],
])('beside the title of a report: %s', (_, services, open, state) => {
  const { total } = report(services);
  expect(describeSlos({ services, total: { ...total, incidents: { ...total.incidents, open } } })).toEqual(
    state,
  );
});

test.each<[Partial<ReportSlo>, string, string]>([
  [{ burn: 0 }, '43 min left', 'nothing spent'],
  [{ burn: 0.5, leftMs: 21.6 * MINUTE }, '21 min left', 'at this pace 50 % of it'],
  [{ burn: 3, state: 'fast', leftMs: 33.2 * MINUTE }, '33 min left', 'lasts 10 d at this pace'],
  [{ burn: 1.3, state: 'spent', leftMs: -13 * MINUTE }, '✖ spent, 13 min over', 'lasts 23 d at this pace'],
  [{ burn: null, state: 'unknown' }, '43 min left', ''],
])('a budget in words: %j', (parts, left, pace) => {
  const slo = {
    target: 99.9,
    state: 'kept' as const,
    allowedMs: 43.2 * MINUTE,
    leftMs: 43.2 * MINUTE,
    burn: 0,
  };
  expect(describeBudget({ ...slo, ...parts }, 30)).toMatchObject({ left, pace });
});

test('rows: of whom there is nothing to say has none, while there are many; the worst first', () => {
  const quiet = Array.from({ length: 20 }, (_, at) => service(`q${at}`));
  const bad = [service('down', downFor(9)), service('over', downFor(5, { state: 'spent' }))];
  const choose = (services: ServiceReport[], isAll = false, isWorstFirst = false) => {
    const { rows, ...rest } = chooseRows(services, { isAll, isWorstFirst });
    return { names: rows.map(({ name }) => name), ...rest };
  };
  expect(choose([...bad, ...quiet])).toMatchObject({ names: ['down', 'over'], quiet: 20, isCut: false });
  expect(choose([...bad, ...quiet], false, true).names).toEqual(['over', 'down']);
  expect(choose([...bad, ...quiet], true)).toMatchObject({ quiet: 0, count: 22 });
  expect(choose([...bad, ...quiet.slice(0, 3)])).toMatchObject({ quiet: 0, count: 5 });
  expect(choose(quiet)).toMatchObject({ quiet: 0, count: 20 });
  expect(choose(Array.from({ length: 300 }, () => service('d', downFor(1))))).toMatchObject({
    isCut: true,
    count: 300,
  });
  expect(compareWorst(service('a'), service('b'))).toBe(0);
});

test('bars in words', () => {
  expect(describeBars(['up', 'up', 'long', 'unknown'])).toBe(
    '2 × up, 1 × down for more than 15 min, 1 × not known in part',
  );
});

test('bars are a line for each run of equal ones, the worse the higher', () => {
  const { paths, height } = toBarPaths(['none', 'up', 'up', 'long', 'up', 'unknown']);
  expect(height).toBe(18);
  expect(paths).toEqual([
    { bar: 'up', d: 'M10 15.5H30M40 15.5H50', width: 5, dash: '8 2' },
    { bar: 'long', d: 'M30 9H40', width: 18, dash: '8 2' },
    { bar: 'unknown', d: 'M50 9H60', width: 18, dash: '2 2 2 4' },
    { bar: 'none', d: 'M0 17.5H10', width: 1, dash: '8 2' },
  ]);
  expect(toBarPaths(Array.from({ length: 90 }, () => 'up' as const)).paths).toHaveLength(1);
  expect(toBarPaths([]).paths).toEqual([]);
});

test('a report is copied as Markdown, the worst first, and no name of others is markup in it', () => {
  const text = formatReportMarkdown(
    report([
      service('web'),
      service('a|b <img>', downFor(56.2, { state: 'spent', burn: 1.3 })),
      ...Array.from({ length: 12 }, (_, n) => service(`quiet-${n}`)),
    ]),
    { swarm: 'prod', permalink: 'https://vitals/reports?days=30' },
  );
  expect(text).toMatch(/^# prod, 30 days\n/);
  expect(text).toContain('99.9 %: missed');
  expect(text).not.toContain('<img>');
  expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(3);
  expect(text).toContain('13 more services are not listed here.');
});
