import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './support/root.ts';

/** What a part of `npm test` found. */
export interface Report {
  passed: number;
  failed: number;
  /** Tests that did not run: left out, or after one of a file's own hooks failed. */
  skipped: number;
  /** Where each failed test stands and what it is called; what failed outside of any test in its own words. */
  failures: string[];
  /** The same of each test that failed at first and passed at its second try. */
  flaky: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; line: number; tests: { projectName: string; status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
}

/** @returns what Vitest's JSON reporter wrote to this file; null when there is no such file */
export function readVitestReport(path: string): Report | null {
  const report = readJson(path) as VitestReport | null;
  if (report === null) return null;
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}: ${firstLine(message)}`];
    return failed.map(({ fullName }) => `${file} › ${fullName}`);
  });
  const { numPassedTests: passed, numPendingTests: skipped } = report;
  return { passed, failed: Math.max(report.numFailedTests, failures.length), skipped, failures, flaky: [] };
}

/** The same for Playwright's. */
export function readPlaywrightReport(path: string): Report | null {
  const report = readJson(path) as PlaywrightReport | null;
  if (report === null) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = report.errors.map(({ message }) => firstLine(message ?? 'an error without words'));
  return {
    passed: expected + flaky,
    failed: unexpected + errors.length,
    skipped,
    failures: [...report.suites.flatMap((suite) => listTests(suite, [], 'unexpected')), ...errors],
    flaky: report.suites.flatMap((suite) => listTests(suite, [], 'flaky')),
  };
}

function listTests(suite: PlaywrightSuite, titles: string[], wanted: 'unexpected' | 'flaky'): string[] {
  const own = suite.specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ projectName }) => `[${projectName}] ${[`${file}:${line}`, ...titles, title].join(' › ')}`),
  );
  return [
    ...own,
    ...(suite.suites ?? []).flatMap((inner) => listTests(inner, [...titles, inner.title], wanted)),
  ];
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
