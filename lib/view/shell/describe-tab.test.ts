import { describe, expect, test } from 'vitest';
import { describeTab, type TabFacts, toPlainTitle } from './describe-tab.ts';

const well: TabFacts = {
  moment: null,
  truth: 'live',
  wasLive: true,
  ready: true,
  verdict: 'healthy',
  problems: 0,
};

const CASES: [what: string, facts: Partial<TabFacts>, prefix: string, icon: string][] = [
  ['all is well', {}, '', 'well'],
  ['an update within its limits', { verdict: 'updating' }, '', 'well'],
  ['nothing to run', { verdict: 'idle' }, '', 'well'],
  ['two things are bad', { verdict: 'down', problems: 2 }, '2 ✖ ', 'bad'],
  ['managers without a quorum', { verdict: 'degraded' }, '✖ ', 'bad'],
  ['probes begin to fail', { verdict: 'failing', problems: 1 }, '1 ▲ ', 'warn'],
  ['no node can take it', { verdict: 'pending', problems: 3 }, '3 ▲ ', 'warn'],
  ['engines that cannot be read', { verdict: 'unknown' }, '? ', 'unknown'],
  ['well when last heard', { truth: 'unheard' }, '? ', 'unknown'],
  ['well when managers were last read', { truth: 'unread' }, '? ', 'unknown'],
  [
    'managers are not read, and that is bad',
    { truth: 'unread', verdict: 'down', problems: 1 },
    '1 ✖ ',
    'bad',
  ],
  ['bad when last heard', { truth: 'unheard', verdict: 'down', problems: 2 }, '? ', 'unknown'],
  ['no manager has answered', { ready: false, verdict: 'unknown' }, '? ', 'unknown'],
  [
    'a page of another moment, whatever is so now',
    { moment: '09:12:03', verdict: 'down', problems: 2 },
    '⏱ 09:12:03 ',
    'past',
  ],
  ['a page of a moment that there is not', { moment: '' }, '', 'past'],
  ['a page that was never live', { truth: 'unheard', wasLive: false }, '', 'plain'],
];

describe('what a tab says', () => {
  test.each(CASES)('%s', (_what, facts, prefix, icon) => {
    expect(describeTab({ ...well, ...facts })).toEqual({ prefix, icon });
  });
  test.each(['prod', '2 ✖ prod', '✖ prod', '12 ▲ prod', '? prod', '⏱ 09:12:03 prod'])(
    '%s is prod',
    (title) => {
      expect(toPlainTitle(title)).toBe('prod');
    },
  );
  test('a name that begins with a number stays', () => {
    expect(toPlainTitle('2 tier · prod')).toBe('2 tier · prod');
  });
});
