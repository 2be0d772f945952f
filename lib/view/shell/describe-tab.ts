import type { Verdict } from '#lib/model/contract/verdict.ts';
import { toSeverity } from '#lib/model/status/severity.ts';
import type { Truth } from './decide-truth.ts';

/** What a browser's tab says of the swarm, for those who look at something else. */
export interface TabWords {
  /** Before the page's own title: `2 ✖ `, `1 ▲ `, `? `, `⏱ 09:12:03 `, or nothing when all is well. */
  prefix: string;
  /**
   * Which of the icons; `plain` says nothing, `unknown` is for what is not known, also because it is old, `past` for a page
   * of another moment.
   */
  icon: 'bad' | 'warn' | 'well' | 'unknown' | 'past' | 'plain';
}

export interface TabFacts {
  /** The time of the moment that the page shows, `09:12:03`; empty where it asks for none that there is; `null`: it shows now. */
  moment: string | null;
  /** Is what the page shows so now? */
  truth: Truth['kind'];
  /** Was it ever, since this page was opened? */
  wasLive: boolean;
  ready: boolean;
  verdict: Verdict;
  /** How many things need attention. */
  problems: number;
}

/** Says in a tab how the swarm is. What is not confirmed any more is never called well. */
export function describeTab({ moment, truth, wasLive, ready, verdict, problems }: TabFacts): TabWords {
  if (moment !== null) return { prefix: moment === '' ? '' : `⏱ ${moment} `, icon: 'past' };
  if (!wasLive) return { prefix: '', icon: 'plain' };
  if (truth === 'unheard' || !ready || verdict === 'unknown') return { prefix: '? ', icon: 'unknown' };
  const count = problems === 0 ? '' : `${problems} `;
  const severity = toSeverity(verdict);
  if (severity === 'critical') return { prefix: `${count}✖ `, icon: 'bad' };
  if (severity === 'warning') return { prefix: `${count}▲ `, icon: 'warn' };
  return truth === 'live' ? { prefix: '', icon: 'well' } : { prefix: '? ', icon: 'unknown' };
}

/** A title without what `describeTab` may have put before it. */
export function toPlainTitle(title: string): string {
  return title.replace(/^(?:\? |(?:\d+ )?[✖▲] |⏱ [\d:]+ )/, '');
}
