import { ByHand } from '#components/copy/by-hand.tsx';
import { Age } from '#components/live/times.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import { toSpecCommand } from '#lib/view/copy/to-docker-commands.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { describeMode, describeRestart } from '#lib/view/service/placement.ts';
import { describeCpu, describeMemory } from '#lib/view/service/resources.ts';
import * as words from '#words/pages/service.ts';

const MAX_CODES = 6;

/** Docker's own words, one a line. */
function Codes({ texts }: { texts: readonly string[] }) {
  const { shown, more } = useMore(texts, MAX_CODES);
  return (
    <>
      {shown.map((text) => (
        <code key={text} className="block font-mono text-[12.5px]">
          {text}
        </code>
      ))}
      {more}
    </>
  );
}

/** What a service is, what each of its replicas may use and reserves, and where they may run. */
export function ResourcesPanel({ detail }: { detail: ServiceDetail }) {
  const { resources, changedAtMs, imageChangedAtMs } = detail;
  const { limits, reservations } = resources;
  return (
    <Panel title={words.resourcesTitle} note={words.eachReplica}>
      <Facts
        items={[
          [words.mode, describeMode(detail.mode)],
          [words.memory, describeMemory(resources)],
          [words.cpu, describeCpu(resources)],
          [words.processes, limits.pids === null ? null : words.limitOnly(limits.pids)],
          [words.devices, reservations.generic.length === 0 ? null : reservations.generic.join(' ')],
          [
            words.constraints,
            detail.constraints.length === 0 ? (
              words.none
            ) : (
              <Codes key="constraints" texts={detail.constraints} />
            ),
          ],
          [
            words.spread,
            detail.preferences.length === 0 ? null : <Codes key="spread" texts={detail.preferences} />,
          ],
          [words.perNode, detail.maxPerNode === null ? null : words.maxPerNode(detail.maxPerNode)],
          [words.restarts, describeRestart(detail.restart)],
          [words.stopGrace, formatSetting(detail.stopGraceMs)],
          [words.platform, detail.platforms.length === 0 ? null : detail.platforms.join(', ')],
          [
            words.image,
            <span key="image" className="font-mono text-[12.5px]">
              {detail.image}
              {detail.imageDigest !== null && <span className="block text-faint">{detail.imageDigest}</span>}
            </span>,
          ],
          [
            words.changed,
            changedAtMs === null ? (
              words.neverChanged
            ) : (
              <span key="changed">
                <Age atMs={changedAtMs} />
                {imageChangedAtMs !== null && `, ${words.withImage}`}
              </span>
            ),
          ],
          [
            words.id,
            <code key="id" className="font-mono text-[12.5px] select-all">
              {detail.id}
            </code>,
          ],
        ]}
      />
      <ByHand {...toSpecCommand(detail.name)} />
    </Panel>
  );
}
