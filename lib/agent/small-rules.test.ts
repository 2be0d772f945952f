import { describe, expect, it } from 'vitest';
import { createRateLimit } from '#lib/flow/create-rate-limit.ts';
import { createRefusalLog } from './create-refusal-log.ts';
import { isAuthorized } from './is-authorized.ts';
import { AgentConfigError, parseAgentConfig } from './parse-agent-config.ts';

const SECRET = '0123456789abcdef0123456789abcdef';

describe('the secret', () => {
  it.each([
    [`Bearer ${SECRET}`, true],
    [`bearer ${SECRET}`, false],
    [SECRET, false],
    [`Bearer ${SECRET}x`, false],
    [`Bearer ${SECRET.slice(0, -1)}`, false],
    [`Bearer  ${SECRET}`, false],
    [`Basic ${SECRET}`, false],
    ['Bearer ', false],
    ['', false],
    [undefined, false],
  ])('%s', (header, expected) => {
    expect(isAuthorized(header, SECRET)).toBe(expected);
  });
});

describe('the rate limit', () => {
  it('lets a burst through, then so many a second, each key by itself', () => {
    let nowMs = 0;
    const limit = createRateLimit({ perSecond: 2, burst: 3, nowMs: () => nowMs });
    const take = (times: number, key = 'a') => Array.from({ length: times }, () => limit.take(key));
    expect(take(5)).toEqual([true, true, true, false, false]);
    expect(take(1, 'b')).toEqual([true]);
    nowMs = 1_000;
    expect(take(4)).toEqual([true, true, false, false]);
    nowMs = 60_000;
    expect(take(4)).toEqual([true, true, true, false]);
  });
});

describe('the log of refusals', () => {
  it('logs each kind once an hour, and bounds the kinds', () => {
    const lines: string[] = [];
    let nowMs = 0;
    const refused = createRefusalLog(
      (text) => lines.push(text),
      () => nowMs,
    );
    for (let index = 0; index < 500; index += 1) refused('10.0.0.9', 'GET /secrets');
    expect(lines).toEqual(['refused 10.0.0.9: GET /secrets']);
    for (let index = 0; index < 5_000; index += 1) refused('10.0.0.9', `GET /${index}`);
    expect(lines.length).toBeLessThan(250);
    nowMs = 7_200_000;
    refused('10.0.0.9', 'GET /secrets');
    expect(lines.at(-1)).toBe('refused 10.0.0.9: GET /secrets');
  });
});

describe('the settings of the agent', () => {
  const problemsOf = (env: Record<string, string>) => {
    try {
      parseAgentConfig(env);
      return [];
    } catch (error) {
      return error instanceof AgentConfigError ? error.problems : [String(error)];
    }
  };

  it('needs a secret, and has good defaults for the rest', () => {
    expect(parseAgentConfig({ VITALS_AGENT_SECRET: SECRET })).toEqual({
      engine: { kind: 'unix', path: '/var/run/docker.sock' },
      secret: SECRET,
      port: 9501,
      host: '::',
      tls: null,
      logs: true,
      usage: true,
      plainContainers: false,
      checks: false,
      mask: [],
    });
  });

  it.each([
    [{}, /does not start without a secret/],
    [{ VITALS_AGENT_SECRET: '   ' }, /does not start without a secret/],
    [
      { VITALS_AGENT_SECRET: 'sixteen-chars-ok' },
      /too short, it needs 32 or more; make one with: openssl rand -hex 32/,
    ],
    [{ VITALS_AGENT_SECRET: 'abcd'.repeat(10) }, /can be guessed/],
    [{ VITALS_AGENT_SECRET: 'with blanks in the middle' }, /printable/],
    [{ VITALS_AGENT_SECRET_FILE: '/nonexistent/secret' }, /no such file/],
    [{ VITALS_AGENT_SECRET: SECRET, VITALS_AGENT_PORT: '99999' }, /VITALS_AGENT_PORT/],
    [{ VITALS_AGENT_SECRET: SECRET, VITALS_LOGS: 'maybe' }, /VITALS_LOGS/],
    [{ VITALS_AGENT_SECRET: SECRET, DOCKER_HOST: 'ssh://me@there' }, /DOCKER_HOST/],
    [{ VITALS_AGENT_SECRET: SECRET, VITALS_AGENT_CERT_PATH: '/nonexistent' }, /VITALS_AGENT_CERT_PATH/],
  ])('%j is refused', (env, problem) => {
    expect(problemsOf(env as Record<string, string>).join('\n')).toMatch(problem);
  });
});
