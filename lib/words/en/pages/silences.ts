import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { Fact } from '#lib/words/words.ts';
import { nameProblem } from './problem-lines.ts';

export const title = 'Silences';
export const intro =
  'What nobody is told of until a time: no message, no sound, no notification, and one line on the wall. Statuses, counts and incidents stay as they are.';
export const openTitle = 'Open';
export const overTitle = 'Over';
export const none = 'Nothing is silenced.';
export const howTo =
  'The page of a service, a node or an incident has the button, and this one for what is wrong now, for whoever has the role admin of it.';
export const noneOver = 'No silence was over within 30 days.';
export const whole = 'Whatever is wrong with it';
export const stack = (name: Fact) => `Stack ${name}`;
export const swarm = 'The swarm';
export const ofSwarm = (cause: FindingCause) => `${swarm}: ${nameCauseOf(cause)}`;
export const node = (name: Fact) => `Node ${name}`;
export const onlyCause = (cause: FindingCause) => `Only: ${nameCauseOf(cause)}`;
export const unlessWorse = (verdict: Fact) => `not if it is worse than ${verdict}`;
export const from = 'From';
export const until = 'Until';
export const untilThen = 'until';
export const endedAt = 'Ended at';
export const overAt = 'Over at';
export const by = (name: Fact) => `by ${name}`;
export const end = 'End now';
export const ending = 'Ending …';
/** For who does not see beside what it stands; it begins with what stands on it. */
export const endOf = (name: Fact) => `${end}: ${name}`;
export const elsewhere = (name: Fact) =>
  `This server is a relay and keeps nothing. Silences are made and ended at the server of ${name} that it reads.`;
/** Of a source that does not know what a silence is. */
export const olderSource = (name: Fact) =>
  `The server of ${name} that this one reads is older and has no silences: nothing is silenced there.`;

export const dialogTitle = 'Silence';
export const dialogNote =
  'It stays as it is on every page. When this ends and it is still wrong, that is told.';
export const what = 'What';
export const which = 'Which problems';
export const tellWorse = (verdict: Fact) => `Tell all the same if it gets worse than ${verdict}`;
export const times = {
  hour: '1 hour',
  hours: '4 hours',
  morning: '8:00 in the morning',
  own: 'Until …',
} as const;
export const ownTime = { utc: 'Until when, in UTC', local: 'Until when, in your time zone' } as const;
export const noTime = 'Choose a time to come, within 30 days.';
export const comment = 'Comment';
export const commentNote = 'Why, and where it is worked on. Everybody who sees the problem can read it.';
export const submit = 'Silence it';
export const submitting = 'Silencing …';
export const cancel = 'Cancel';
export const done = (until: Fact) => `Silenced until ${until}.`;
export const notSent =
  'The server did not answer. Nothing is known to be silenced: look at the list of silences.';
export const list = 'All silences';

/** In a few words, also of nodes and of the swarm, whose problems have sentences and no names. */
function nameCauseOf(cause: FindingCause): string {
  const name = nameProblem(cause);
  if (name !== nameProblem(null)) return name;
  const words = cause.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
