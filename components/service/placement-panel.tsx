import { Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { describeMode, describeRestart } from '#lib/view/service/placement.ts';

/** What the service is, where it may run and when it is restarted. */
export function PlacementPanel({ detail }: { detail: ServiceDetail }) {
  return (
    <Panel title="Service">
      <Facts
        items={[
          ['Mode', describeMode(detail.mode)],
          [
            'Image',
            <span key="image" className="font-mono text-[12.5px]">
              {detail.image}
              {detail.imageDigest !== null && <span className="block text-faint">{detail.imageDigest}</span>}
            </span>,
          ],
          [
            'Constraints',
            detail.constraints.length === 0
              ? 'none'
              : detail.constraints.map((constraint) => (
                  <code key={constraint} className="block font-mono text-[12.5px]">
                    {constraint}
                  </code>
                )),
          ],
          ['Restarts', describeRestart(detail.restart)],
          ['Stop grace', formatSetting(detail.stopGraceMs)],
          [
            'Id',
            <code key="id" className="font-mono text-[12.5px] select-all">
              {detail.id}
            </code>,
          ],
        ]}
      />
    </Panel>
  );
}
