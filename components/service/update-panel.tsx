import { Age } from '#components/live/times.tsx';
import { toOutcomeLook } from '#components/status/detail-looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { UpdatePolicy } from '#lib/model/docker/service.ts';
import { describeUpdateOutcome, describeUpdatePolicy } from '#lib/view/service/update.ts';
import * as words from '#words/pages/service.ts';

/** The last or present update, and how updates are done. */
export function UpdatePanel({ update, policy }: { update: UpdatePicture | null; policy: UpdatePolicy }) {
  const { order, onFailure, watched } = describeUpdatePolicy(policy);
  const note =
    update === null ? (
      words.neverUpdated
    ) : (
      <StatusWord look={toOutcomeLook(update)} text={describeUpdateOutcome(update)} />
    );
  return (
    <Panel title={words.update} note={note}>
      <Facts
        items={[
          [words.means, update?.sentence ?? null],
          [words.message, update === null || update.message === '' ? null : update.message],
          [words.began, update?.startedAtMs == null ? null : <Age key="began" atMs={update.startedAtMs} />],
          [
            words.ended,
            update?.completedAtMs == null ? null : <Age key="ended" atMs={update.completedAtMs} />,
          ],
          [words.order, order],
          [words.onFailure, onFailure],
          [words.watchedForLabel, watched],
        ]}
      />
    </Panel>
  );
}
