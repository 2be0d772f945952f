import { Age } from '#components/live/times.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { NameChanges, SpecChange } from '#lib/model/docker/spec-change.ts';
import { describeChangedAt, formatSpecValue, nameSpecField } from '#lib/view/service/spec-changes.ts';
import * as words from '#words/pages/service.ts';

const HIDDEN = {
  command: words.argumentsHidden,
  'health check command': words.partHidden,
};

function Names({ word, sign, names }: { word: string; sign: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <li>
      <span className="change-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="text-muted">{word}</span>{' '}
      <span className="font-mono text-[12.5px]">{names.join(', ')}</span>
    </li>
  );
}

function NameList({ added, removed, changed }: NameChanges) {
  return (
    <ul>
      <Names word={words.namesAdded} sign="+" names={added} />
      <Names word={words.namesRemoved} sign="−" names={removed} />
      <Names word={words.namesChanged} sign="~" names={changed} />
    </ul>
  );
}

function Difference({ change }: { change: SpecChange }) {
  if (change.kind === 'names') return <NameList {...change} />;
  if (change.kind === 'hidden') {
    const why = change.field === 'something else' ? null : HIDDEN[change.field];
    return (
      <span>
        {words.changedHidden}
        {why !== null && <span className="text-muted">{words.notShown(why)}</span>}
      </span>
    );
  }
  const { before, after, unit } = change;
  return (
    <span className="change-values">
      <del>{formatSpecValue(before, unit)}</del>
      <span aria-hidden="true">→</span>
      <ins>{formatSpecValue(after, unit)}</ins>
    </span>
  );
}

const toName = (change: SpecChange) => (change.kind === 'names' ? nameSpecField(change.field) : change.field);

/** What the present spec has changed of the one before it: names of variables and labels, never their values. */
export function ChangesPanel({ detail }: { detail: ServiceDetail }) {
  const { changes, changedAtMs, firstFailureAtMs } = detail;
  if (changes.length === 0) return null;
  const before = describeChangedAt(changedAtMs, firstFailureAtMs);
  return (
    <Panel
      title={words.whatChanged}
      note={
        changedAtMs !== null && (
          <>
            <Age atMs={changedAtMs} />
            {before !== null && <span className="s-failing text-tone">, {before}</span>}
          </>
        )
      }
    >
      <dl className="changes">
        {changes.map((change) => (
          <div key={toName(change)}>
            <dt>{toName(change)}</dt>
            <dd>
              <Difference change={change} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
