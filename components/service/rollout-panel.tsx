import { Age, Countdown } from '#components/live/times.tsx';
import { toOutcomeLook, toUpdateLook } from '#components/status/detail-looks.ts';
import type { Look } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { RolloutFailure, RolloutSlot, RolloutStep } from '#lib/model/contract/rollout.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { countFailures, countNewTasks } from '#words/counts.ts';
import { replica } from '#words/pages/pieces.ts';
import * as words from '#words/pages/service.ts';

const nameOf = ({ slot, hostname, key }: Pick<RolloutSlot, 'slot' | 'hostname' | 'key'>) =>
  slot === null ? words.replicaOn(hostname ?? key.slice(0, 12)) : replica(slot);

function Row({ serviceName, row }: { serviceName: string; row: RolloutSlot }) {
  return (
    <li className="rollout-row" data-step={row.step}>
      <a className="truncate font-medium" href={toReplicaHref(serviceName, row.key)}>
        {nameOf(row)}
      </a>
      <StatusWord look={toStepLook(row.step)} />
      <span className="truncate text-[13px] text-muted">{row.image}</span>
      <span className="text-right text-[13px] text-muted">
        {row.watchedUntilMs !== null ? (
          <>
            {words.doneIn} <Countdown atMs={row.watchedUntilMs} />
          </>
        ) : (
          row.sinceMs !== null && <Age atMs={row.sinceMs} form="short" />
        )}
      </span>
    </li>
  );
}

function Failure({
  serviceName,
  failure,
  lead,
}: {
  serviceName: string;
  failure: RolloutFailure;
  lead: string;
}) {
  return (
    <p className="rollout-failure">
      {lead}{' '}
      <a className="text-accent underline" href={toReplicaHref(serviceName, failure.key)}>
        {nameOf(failure)}
      </a>
      : {keepTogether(failure.sentence)}{' '}
      <span className="text-muted">{words.ofTask(failure.taskId.slice(0, 12))}</span>
    </p>
  );
}

/** An update while it runs, or how it ended: replica by replica, with what failed. */
export function RolloutPanel({ detail }: { detail: ServiceDetail }) {
  const { rollout, name, updatePolicy } = detail;
  const { shown, more } = useMore(sortForReading(rollout?.slots ?? NO_SLOTS), MAX_ROWS);
  if (rollout === null) return null;
  const { state, slots, failures, failuresAllowed, culprit } = rollout;
  const isOver = state === 'completed' || state === 'rollback_completed';
  const done = slots.filter(({ step }) => step === 'done').length;
  const [latest] = failures;
  const look = detail.update === null ? toUpdateLook(state) : toOutcomeLook(detail.update);
  const acts = { pause: words.actsPause, rollback: words.actsRollback, continue: words.actsContinue }[
    updatePolicy.failureAction
  ];
  return (
    <Panel
      title={state.startsWith('rollback') ? words.rollback : words.update}
      note={<StatusWord look={look} text={look.word} />}
    >
      <div className="rollout-head" data-rollout={state}>
        <p>{keepTogether(rollout.sentence)}</p>
        {!isOver && (
          <progress max={slots.length} value={done} aria-label={words.rolloutDone}>
            {words.doneOf(done, slots.length)}
          </progress>
        )}
        {culprit !== null ? (
          <Failure serviceName={name} failure={culprit} lead={words.becauseOf} />
        ) : (
          latest !== undefined && <Failure serviceName={name} failure={latest} lead={words.failedLead} />
        )}
        {(failures.length > 0 || state === 'updating') && (
          <p className="text-[13px] text-muted">
            {words.failedSince(countNewTasks(failures.length))}{' '}
            {updatePolicy.failureAction === 'continue'
              ? words.failureContinue
              : words.failureActs(acts, countFailures(failuresAllowed))}
          </p>
        )}
      </div>
      {!isOver && (
        <ul className="rollout-rows">
          {shown.map((row) => (
            <Row key={row.key} serviceName={name} row={row} />
          ))}
        </ul>
      )}
      {!isOver && more}
    </Panel>
  );
}

const MAX_ROWS = 100;
const NO_SLOTS: readonly RolloutSlot[] = [];

/** By slot, as long as all of them are shown at once; else those that move, or could not, first. */
function sortForReading(slots: readonly RolloutSlot[]): readonly RolloutSlot[] {
  if (slots.length <= MAX_ROWS) return slots;
  const isQuiet = ({ step }: RolloutSlot) => step === 'waiting' || step === 'done';
  return [...slots.filter((one) => !isQuiet(one)), ...slots.filter(isQuiet)];
}

const LOOKS: Record<RolloutStep, Look> = {
  waiting: { word: words.waiting, className: 's-stopping' },
  replacing: { word: words.replacing, className: 's-preparing' },
  starting: { word: words.starting, className: 's-starting' },
  watched: { word: words.watched, className: 's-updating' },
  done: { word: words.done, className: 's-healthy' },
  failed: { word: words.failed, className: 's-failed' },
};

/** How a step of a rollout is shown; going back, an old one that stays is done, too. */
function toStepLook(step: RolloutStep): Look {
  return LOOKS[step];
}
