import { countContainers, countReplicas } from '#words/counts.ts';
import * as words from '#words/pages/log.ts';
import type { LogState } from './create-log-store.ts';
import type { LogConnection } from './open-log.ts';

export interface LogSummary {
  text: string;
  tone: 'plain' | 'warn';
}

/** In one sentence: what is followed, and what is not. */
export function describeLog(connection: LogConnection, { sources, leftOut }: LogState): LogSummary {
  if (connection.state === 'refused') return { text: connection.reason, tone: 'warn' };
  if (connection.state === 'down') return { text: words.tryingAgain(connection.reason), tone: 'warn' };
  if (connection.state === 'connecting') return { text: words.connecting, tone: 'plain' };
  const of = (state: string) => sources.filter((source) => source.state === state);
  const following = of('following').length;
  const unread = of('failed').length;
  const more = leftOut === 0 ? '' : words.moreNotRead(countReplicas(leftOut));
  const failed = unread === 0 ? '' : words.someUnreadable(countContainers(unread));
  if (following > 0) {
    const what = sources.length === 1 ? words.following : words.followingSome(countContainers(following));
    return { text: `${what}.${failed}${more}`, tone: unread + leftOut > 0 ? 'warn' : 'plain' };
  }
  if (unread > 0) {
    const [only] = sources.length === 1 ? of('failed') : [];
    return { text: only?.error ?? `${failed.trim()}${more}`, tone: 'warn' };
  }
  if (of('opening').length > 0) return { text: words.asking, tone: 'plain' };
  if (sources.length > 0) return { text: words.containerDone, tone: 'plain' };
  return { text: words.noContainer, tone: 'plain' };
}
