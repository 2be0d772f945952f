'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { closeBeside } from '#components/ui/close-beside.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { addSilence } from '#lib/client/page/change-silence.ts';
import { formatUntil } from '#lib/view/format/times.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { TIME_CHOICES, type TimeChoice, toUntilMs } from '#lib/view/silences/choose-until.ts';
import type { SilenceSubject } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/silences.ts';

const MAX_COMMENT_CHARS = 500;

interface SilenceDialogProps {
  subjects: readonly SilenceSubject[];
  onClose: () => void;
  /** @param said what was done, in a sentence */
  onDone: (said: string) => void;
}

/** Asks what is to be silenced, until when, and why; and does it. */
export function SilenceDialog({ subjects, onClose, onDone }: SilenceDialogProps) {
  const { clock } = useLiveContext();
  const zone = useZone();
  const dialog = useRef<HTMLDialogElement>(null);
  // What can be chosen stays while somebody chooses, whatever the stream says meanwhile.
  const [all] = useState(subjects);
  const [at, setAt] = useState(0);
  const [cause, setCause] = useState('');
  const [isTold, setTold] = useState(true);
  const [choice, setChoice] = useState<TimeChoice>('hour');
  const [own, setOwn] = useState('');
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const subject = all[at] ?? all[0];
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  if (subject === undefined) return null;
  const { verdict } = subject;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const nowMs = clock.nowMs();
    const untilMs = toUntilMs(choice, own, nowMs, zone);
    if (untilMs === null) return setProblem(words.noTime);
    setBusy(true);
    setProblem('');
    const worst = isTold ? verdict : null;
    const { target } = subject;
    // Of the swarm itself one cause is meant.
    const only = target.kind === 'swarm' ? (subject.causes[0] ?? null) : cause || null;
    const error = await addSilence({ target, cause: only, worst, untilMs, comment });
    setBusy(false);
    if (error !== null) return setProblem(error);
    onDone(words.done(formatUntil(untilMs, nowMs, zone)));
    dialog.current?.close();
  };

  return (
    <dialog
      ref={dialog}
      className="silence-dialog"
      aria-labelledby="silence-title"
      onClose={onClose}
      {...closeBeside}
    >
      <form onSubmit={submit}>
        <h2 id="silence-title">{words.dialogTitle}</h2>
        <SubjectChoice
          all={all}
          at={at}
          onAt={(next) => {
            setAt(next);
            setCause('');
          }}
        />
        {subject.target.kind !== 'swarm' && subject.causes.length > 0 && (
          <CauseChoice causes={subject.causes} cause={cause} onCause={setCause} />
        )}
        {verdict !== null && (
          <label className="silence-tick">
            <input type="checkbox" checked={isTold} onChange={() => setTold(!isTold)} />
            {words.tellWorse(VERDICT_LOOKS[verdict].word)}
          </label>
        )}
        <UntilChoice choice={choice} onChoice={setChoice} />
        {choice === 'own' && (
          <label>
            <span>{words.ownTime[zone]}</span>
            <input
              type="datetime-local"
              required
              value={own}
              onChange={(event) => setOwn(event.target.value)}
            />
          </label>
        )}
        <CommentField comment={comment} onComment={setComment} />
        <p role="alert" className="silence-problem">
          {problem}
        </p>
        <p className="silence-note">{words.dialogNote}</p>
        <div className="silence-actions">
          <a href={toPath('/silences')}>{words.list}</a>
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" className="is-main" disabled={isBusy}>
            {isBusy ? words.submitting : words.submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Why, and where it is worked on. */
function CommentField({ comment, onComment }: { comment: string; onComment: (comment: string) => void }) {
  return (
    <label>
      <span>{words.comment}</span>
      <input
        value={comment}
        maxLength={MAX_COMMENT_CHARS}
        autoComplete="off"
        onChange={(event) => onComment(event.target.value)}
      />
      <small>{words.commentNote}</small>
    </label>
  );
}

interface SubjectChoiceProps {
  all: readonly SilenceSubject[];
  at: number;
  onAt: (at: number) => void;
}

/** What is to be silenced; where there is one thing alone, that is said. */
function SubjectChoice({ all, at, onAt }: SubjectChoiceProps) {
  if (all.length === 1)
    return (
      <p className="long-name">
        <b>{all[0]?.label}</b>
      </p>
    );
  return (
    <label>
      <span>{words.what}</span>
      <select value={at} onChange={(event) => onAt(Number(event.target.value))}>
        {all.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CauseChoiceProps {
  causes: SilenceSubject['causes'];
  cause: string;
  onCause: (cause: string) => void;
}

/** All that is wrong with it, or one cause. */
function CauseChoice({ causes, cause, onCause }: CauseChoiceProps) {
  return (
    <label>
      <span>{words.which}</span>
      <select value={cause} onChange={(event) => onCause(event.target.value)}>
        <option value="">{words.whole}</option>
        {causes.map((one) => (
          <option key={one} value={one}>
            {words.onlyCause(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function UntilChoice({ choice, onChoice }: { choice: TimeChoice; onChoice: (choice: TimeChoice) => void }) {
  return (
    <fieldset>
      <legend>{words.until}</legend>
      {TIME_CHOICES.map((one) => (
        <label key={one} className="silence-tick">
          <input type="radio" name="until" checked={choice === one} onChange={() => onChoice(one)} />
          {words.times[one]}
        </label>
      ))}
    </fieldset>
  );
}
