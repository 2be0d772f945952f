import { Age } from '#components/live/times.tsx';
import { toOutcomeLook } from '#components/status/detail-looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { UpdatePolicy } from '#lib/model/docker/service.ts';
import { describeUpdateOutcome, describeUpdatePolicy } from '#lib/view/service/update.ts';

/** The last or present update, and how updates are done. */
export function UpdatePanel({ update, policy }: { update: UpdatePicture | null; policy: UpdatePolicy }) {
  const { order, onFailure, watched } = describeUpdatePolicy(policy);
  const note =
    update === null ? (
      'never updated'
    ) : (
      <StatusWord look={toOutcomeLook(update)} text={describeUpdateOutcome(update)} />
    );
  return (
    <Panel title="Update" note={note}>
      <Facts
        items={[
          ['Means', update?.sentence ?? null],
          ['Message', update === null || update.message === '' ? null : update.message],
          ['Began', update?.startedAtMs == null ? null : <Age key="began" atMs={update.startedAtMs} />],
          ['Ended', update?.completedAtMs == null ? null : <Age key="ended" atMs={update.completedAtMs} />],
          ['Order', order],
          ['On failure', onFailure],
          ['Watched for', watched],
        ]}
      />
    </Panel>
  );
}
