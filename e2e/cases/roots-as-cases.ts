import type { Case, Expected, Lay } from '#e2e/cases/case.ts';
import type { MadeService } from '#e2e/cases/made-docker/create-made-swarm.ts';
import type { Patch } from '#e2e/cases/made-docker/patch.ts';

/** A task that the engine could not start, with its own words. */
export const refused = (error: string): { task: Patch; container: 'none' } => ({
  task: {
    DesiredState: 'shutdown',
    Status: { State: 'rejected', Message: 'preparing', Err: error, ContainerStatus: null },
  },
  container: 'none',
});

interface Suffering {
  task?: Patch;
  container?: Patch | 'none';
  service?: Patch;
}

interface RootCase {
  id: string;
  title: string;
  source: string;
  /** What each service on the node has. */
  services: readonly Suffering[];
  expect: Pick<Expected, 'cause' | 'says' | 'never'>;
  /** It is nobody's root: each is its own problem. */
  isOwn?: true;
  /** More of the case: what is on other nodes. */
  more?: (lay: Lay, services: MadeService[]) => void;
}

/** Services on one node of their own, `ID1`: the first one is called `ID`. */
export function onOneNode({ id, title, source, services, expect, isOwn, more }: RootCase): Case {
  return {
    id,
    title,
    source,
    lay(lay) {
      const { swarm, name, faulty } = lay;
      swarm.addNode(`${name}1`);
      const made = services.map((suffering, at) =>
        swarm.service({
          name: at === 0 ? name : `${name}-${at + 1}`,
          on: [`${name}1`],
          ...(faulty ? suffering : {}),
        }),
      );
      if (faulty) more?.(lay, made);
    },
    expect: isOwn
      ? [
          { code: 503, because: null, level: 'problem' },
          { node: `${id}1`, isWell: true },
        ]
      : [
          { node: `${id}1`, level: 'problem', ...expect },
          ...services.map((_, at): Expected => {
            const service = at === 0 ? id : `${id}-${at + 1}`;
            return { service, code: 503, level: 'problem', because: expect.cause ?? null };
          }),
        ],
    control: [
      { code: 200, isWell: true },
      { node: `${id}-well1`, isWell: true },
    ],
  };
}
