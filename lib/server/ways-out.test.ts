import { afterEach, expect, it, vi } from 'vitest';
import { maskContainer } from '#lib/agent/mask-container.ts';
import { parseAgentConfig } from '#lib/agent/parse-agent-config.ts';
import { EngineError } from '#lib/engine/port.ts';
import { setMaskPatterns } from '#lib/model/text/masking/mask-text.ts';
import { log } from './log.ts';

const PATTERN = String.raw`customer-\d+`;
const TEXT = 'no answer for customer-4711 here';
const MASKED = 'no answer for ••• here';

afterEach(() => {
  setMaskPatterns([]);
  vi.restoreAllMocks();
});

it('what operators want masked is masked at every way out, not in what containers say alone', () => {
  const { mask } = parseAgentConfig({
    VITALS_AGENT_SECRET: '0123456789abcdef0123456789abcdef',
    VITALS_MASK: PATTERN,
  });
  setMaskPatterns(mask);
  const written: unknown[] = [];
  for (const way of ['error', 'info'] as const)
    vi.spyOn(console, way).mockImplementation((line: unknown) => void written.push(line));
  log('warn', TEXT);
  log('info', TEXT);
  expect(written).toEqual([expect.stringContaining(MASKED), expect.stringContaining(MASKED)]);
  expect(new EngineError('http', TEXT).message).toBe(MASKED);
  const container = maskContainer({
    State: { Error: TEXT, Health: { Log: [{ Output: TEXT }] } },
    Config: { Healthcheck: { Test: ['CMD', 'echo', TEXT] } },
  });
  expect(JSON.stringify(container)).not.toContain('4711');
  expect(JSON.stringify(container).match(/•••/g)).toHaveLength(3);
});

it('an agent refuses a pattern that may never end, as the server does', () => {
  const settings = { VITALS_AGENT_SECRET: '0123456789abcdef0123456789abcdef', VITALS_MASK: '(?=a)' };
  expect(() => parseAgentConfig(settings)).toThrow(/VITALS_MASK: the pattern .* looks ahead/);
});
