import type { Verdict } from '#lib/model/contract/verdict.ts';
import { toSeverity } from '#lib/model/status/severity.ts';

/** What a browser's tab says of the swarm, for those who look at something else. */
export interface TabWords {
  /** Before the page's own title: `2 ✖ `, `1 ▲ `, `? `, or nothing when all is well. */
  prefix: string;
  /** Which of the icons; `plain` says nothing, `unknown` is for what is not known, also because it is old. */
  icon: 'bad' | 'warn' | 'well' | 'unknown' | 'plain';
}

export interface TabFacts {
  /** Is what the page shows confirmed now? */
  live: boolean;
  /** Was it ever, since this page was opened? */
  wasLive: boolean;
  ready: boolean;
  verdict: Verdict;
  /** How many things need attention. */
  problems: number;
}

/** Says in a tab how the swarm is. What is not confirmed any more is never called well. */
export function describeTab({ live, wasLive, ready, verdict, problems }: TabFacts): TabWords {
  if (!wasLive) return { prefix: '', icon: 'plain' };
  if (!live || !ready || verdict === 'unknown') return { prefix: '? ', icon: 'unknown' };
  const count = problems === 0 ? '' : `${problems} `;
  const severity = toSeverity(verdict);
  if (severity === 'critical') return { prefix: `${count}✖ `, icon: 'bad' };
  if (severity === 'warning') return { prefix: `${count}▲ `, icon: 'warn' };
  return { prefix: '', icon: 'well' };
}

/** A title without what `describeTab` may have put before it. */
export function toPlainTitle(title: string): string {
  return title.replace(/^(?:\? |(?:\d+ )?[✖▲] )/, '');
}
