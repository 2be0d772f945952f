import type { ReactNode } from 'react';
import { ByHand } from '#components/copy/by-hand.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { Listed, MountName, NamedFile } from '#lib/model/docker/spec-names.ts';
import { toNamesCommand } from '#lib/view/copy/to-docker-commands.ts';
import { countMore } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';

const MAX_SHOWN = 12;

function Group<T>({
  title,
  list: { items, total },
  render,
}: {
  title: string;
  list: Listed<T>;
  render: (item: T) => ReactNode;
}) {
  const { shown, more } = useMore(items, MAX_SHOWN);
  if (total === 0) return null;
  const lost = total - items.length;
  return (
    <div data-names={title}>
      <dt>{title}</dt>
      <dd>
        <ul>
          {shown.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name, and none of them moves.
            <li key={index}>{render(item)}</li>
          ))}
        </ul>
        {more}
        {more === null && lost > 0 && <p className="text-faint">{words.andMoreNames(countMore(lost))}</p>}
      </dd>
    </div>
  );
}

const File = ({ name, file }: NamedFile) => (
  <>
    {name}
    {file !== null && <span className="block text-faint">{words.inFile(file)}</span>}
  </>
);

const Mount = ({ kind, source, target, readOnly }: MountName) => (
  <>
    {source ?? target}
    <span className="block text-faint">{words.mount(kind, source === null ? null : target, readOnly)}</span>
  </>
);

const text = (name: string) => name;

/** What a service's spec names: never what stands behind a name. */
export function NamesPanel({ detail: { name, names } }: { detail: Pick<ServiceDetail, 'name' | 'names'> }) {
  const isEmpty = Object.values(names).every(({ total }) => total === 0);
  return (
    <Panel title={words.namesTitle} note={words.neverValues}>
      {isEmpty ? (
        <p className="px-[18px] py-3.5 text-[13px] text-muted">{words.noNames}</p>
      ) : (
        <dl className="names">
          <Group title={words.mounts} list={names.mounts} render={Mount} />
          <Group title={words.secrets} list={names.secrets} render={File} />
          <Group title={words.configs} list={names.configs} render={File} />
          <Group title={words.environment} list={names.env} render={text} />
          <Group title={words.labels} list={names.labels} render={text} />
          <Group title={words.containerLabels} list={names.containerLabels} render={text} />
        </dl>
      )}
      <ByHand {...toNamesCommand(name)} />
    </Panel>
  );
}
