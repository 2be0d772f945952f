import { EngineWords } from '#components/nodes/engine-words.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { describeSkew } from '#lib/view/node/describe-skew.ts';

const mono = (text: string) => <span className="font-mono text-[12.5px] select-all">{text}</span>;

/** The node's engine: how it is read, what it is, and its clock. */
export function EnginePanel({ node }: { node: NodePicture }) {
  const { engine } = node;
  return (
    <Panel title="Node and engine">
      <Facts
        items={[
          ['Engine', <EngineWords key="engine" engine={engine} />],
          ['Error', engine.error],
          ['Endpoint', engine.endpoint === null ? 'none' : mono(engine.endpoint)],
          ['Docker', node.engineVersion ?? 'not known'],
          ['API', engine.apiVersion ?? 'not known'],
          ['Clock', engine.skewMs === 0 ? describeSkew(engine) : `${describeSkew(engine)} of this server's`],
          ['Address', node.address === null ? 'none' : mono(node.address)],
          [
            'Manager says',
            node.statusMessage === null || node.statusMessage === '' ? null : node.statusMessage,
          ],
          ['Id', mono(node.id)],
        ]}
      />
    </Panel>
  );
}
