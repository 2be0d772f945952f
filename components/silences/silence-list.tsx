'use client';
import { useState } from 'react';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { useAskAgain } from '#lib/client/hooks/use-ask-again.ts';
import { useDetail } from '#lib/client/hooks/use-detail.ts';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { keys } from '#lib/client/live/keys.ts';
import { endSilence } from '#lib/client/page/change-silence.ts';
import { findSilenceRole, isAtLeast, type Scope } from '#lib/model/contract/scope.ts';
import {
  type Silence,
  type SilenceState,
  type SilencesPage,
  type SilenceTarget,
  toSilenceEnd,
  toSilenceState,
} from '#lib/model/contract/silence.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { selectOwnSubjects, toPictureSubjects } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/silences.ts';
import { SilenceButton } from './silence-button.tsx';
import { Until } from './silence-mark.tsx';

/** Another person's is seen so soon. */
const POLL_MS = 3_000;
const toDueAtMs = ({ atMs }: SilencesPage) => atMs + POLL_MS;

interface SilenceListProps {
  initial: SilencesPage;
  /** Of whoever looks; `null`: nothing can be ended from here. */
  scope: Scope | null;
}

/** All silences: those that are open, each with the button that ends it, and those that were. */
export function SilenceList({ initial, scope }: SilenceListProps) {
  const detail = useDetail(keys.silences(), initial);
  useAskAgain(detail, null, toDueAtMs);
  const picture = usePicture();
  const { silences, problem, atMs } = detail.data;
  const open = silences.filter((one) => toSilenceState(one, atMs) !== 'over');
  const over = silences.filter((one) => toSilenceState(one, atMs) === 'over');
  const toRow = (one: Silence) => (
    <SilenceRow key={one.id} silence={one} atMs={atMs} mayEnd={mayEnd(one, scope)} onEnded={detail.ask} />
  );
  return (
    <>
      {problem !== null && (
        <p className="panel hint s-failing" role="status">
          {problem}
        </p>
      )}
      <section className="grid gap-2.5" aria-labelledby="open-silences">
        <div className="silences-head">
          <h2 id="open-silences">{words.openTitle}</h2>
          {picture !== null && (
            <SilenceButton subjects={selectOwnSubjects(toPictureSubjects(picture), scope)} />
          )}
        </div>
        {open.length === 0 ? (
          <p className="panel p-6 text-muted">
            {words.none} {words.howTo}
          </p>
        ) : (
          <ul className="panel silences">{open.map(toRow)}</ul>
        )}
      </section>
      <section className="grid gap-2.5" aria-labelledby="over-silences">
        <h2 id="over-silences">{words.overTitle}</h2>
        {over.length === 0 ? (
          <p className="text-muted">{words.noneOver}</p>
        ) : (
          <ul className="panel silences">{over.map(toRow)}</ul>
        )}
      </section>
    </>
  );
}

function mayEnd({ target, stack }: Silence, scope: Scope | null): boolean {
  const role = scope === null ? null : findSilenceRole(scope, target.kind, stack);
  return role !== null && isAtLeast(role, 'admin');
}

interface SilenceRowProps {
  silence: Silence;
  atMs: number;
  mayEnd: boolean;
  onEnded: () => void;
}

function SilenceRow({ silence, atMs, mayEnd, onEnded }: SilenceRowProps) {
  const { id, target, cause, worst, comment, by, fromMs, ended } = silence;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const isHydrated = useHydrated();
  const state = toSilenceState(silence, atMs);
  const end = async () => {
    setBusy(true);
    setProblem((await endSilence(id)) ?? '');
    setBusy(false);
    onEnded();
  };
  const limits = [
    cause === null ? words.whole : words.onlyCause(cause),
    ...(worst === null ? [] : [words.unlessWorse(VERDICT_LOOKS[worst].word)]),
  ];
  return (
    <li data-silence={id} data-silence-state={state}>
      <div className="min-w-0">
        <Target target={target} />
        <p className="text-muted">{limits.join(', ')}</p>
        {comment !== '' && <p className="silence-comment">{comment}</p>}
        <p role="alert" className="silence-problem">
          {problem}
        </p>
      </div>
      <p className="silence-times">
        {state === 'waiting' && (
          <>
            {words.from} <Until atMs={fromMs} />{' '}
          </>
        )}
        {toTimeWord(state, ended !== null)}{' '}
        <b>
          <Until atMs={toSilenceEnd(silence)} />
        </b>
        {state === 'over' && ended?.by != null && ` ${words.by(ended.by)}`}
        {by !== null && <small>{words.by(by)}</small>}
      </p>
      {mayEnd && state !== 'over' && (
        <button
          type="button"
          className={isHydrated ? 'copy-button' : 'copy-button invisible'}
          disabled={isBusy}
          aria-label={words.endOf(toName(target))}
          onClick={end}
        >
          {isBusy ? words.ending : words.end}
        </button>
      )}
    </li>
  );
}

function toTimeWord(state: SilenceState, isEnded: boolean): string {
  if (state === 'over') return isEnded ? words.endedAt : words.overAt;
  return state === 'waiting' ? words.untilThen : words.until;
}

function toName(target: SilenceTarget): string {
  switch (target.kind) {
    case 'service':
      return target.name;
    case 'stack':
      return words.stack(target.name);
    case 'node':
      return words.node(target.hostname);
    case 'swarm':
      return words.swarm;
  }
}

function Target({ target }: { target: SilenceTarget }) {
  const name = toName(target);
  if (target.kind === 'service')
    return (
      <a className="font-semibold long-name" href={toServiceHref(target.name)}>
        {name}
      </a>
    );
  if (target.kind === 'node')
    return (
      <a className="font-semibold long-name" href={toNodeHref(target.nodeId)}>
        {name}
      </a>
    );
  return <b className="long-name">{name}</b>;
}
