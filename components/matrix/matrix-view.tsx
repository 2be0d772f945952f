'use client';

import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { FilterBar } from '#components/filter/filter-bar.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { WaitingForSwarm } from '#components/waiting/waiting-for-swarm.tsx';
import { useFilter } from '#lib/client/hooks/use-address.ts';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { usePlacedServices } from '#lib/client/hooks/use-placed-services.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { createMatrixModel, type MatrixInput } from '#lib/view/matrix/create-matrix-model.ts';
import { listFoldLabels, type NodeLabels, toLabelValues } from '#lib/view/matrix/label-choices.ts';
import { filterServices, isFiltering } from '#lib/view/overview/overview-filter.ts';
import { countNodes, countReplicas, countServices } from '#words/counts.ts';
import * as words from '#words/pages/matrix.ts';
import { Choice } from './choice.tsx';
import { MatrixGrid } from './matrix-grid.tsx';

/** With more nodes than this, those that are well are one column. */
const MAX_NODES = 24;
const MAX_UNEASY = 60;
const NO_NODES: never[] = [];
const NO_SERVICES: never[] = [];

const ROW_CHOICES = [
  ['auto', words.showAuto],
  ['all', words.showAll],
  ['stacks', words.showStacks],
] as const;
/** Which nodes have a column: those with something to say; all; or those and one for each value of a label. */
type Folds = 'auto' | 'all' | `by ${string}`;
const BY = 'by ';

const toFoldChoices = (labels: NodeLabels): (readonly [Folds, string])[] => [
  ['auto', words.nodesAuto],
  ...listFoldLabels(labels).map((label) => [`by ${label}`, words.byLabel(label)] as const),
  ['all', words.nodesAll],
];

interface MatrixViewProps {
  /** The filter's fields, as the server drew them. */
  filterFields: ReactNode;
  /** The services that have the port or the address that the filter is. */
  placed: readonly string[] | null;
  /** By which those that are well may be folded. */
  labels: NodeLabels;
}

/** Services by nodes: of each service what it has on each node, the worst and how many. */
export function MatrixView({ filterFields, placed: initial, labels }: MatrixViewProps) {
  const head = usePart('swarm');
  const nodes = usePart('nodes') ?? NO_NODES;
  const services = usePart('services') ?? NO_SERVICES;
  const { clock } = useLiveContext();
  const [filter, setFilter] = useFilter('/matrix');
  const placed = usePlacedServices(filter.text, initial);
  const chosen = useMemo(
    () => (isFiltering(filter) ? filterServices(services, filter, placed) : null),
    [services, filter, placed],
  );
  const shown = useMemo(
    () => (chosen === null ? services : services.filter(({ id }) => chosen.has(id))),
    [services, chosen],
  );
  const [rows, setRows] = useState<MatrixInput['rows']>('auto');
  const { folds, setFolds, columns, values, foldChoices } = useFolds(labels);
  const [stacks, setStacks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [groups, setGroups] = useState<ReadonlySet<string>>(new Set());
  const [model] = useState(createMatrixModel);
  const box = useRef<HTMLDivElement>(null);
  const wanted = useMemo(
    () => model.listLoud({ services: shown, nodes }, clock.nowMs()),
    [model, shown, nodes, clock],
  );
  const { ids, fresh, isOld, sort } = useHeldOrder(wanted, box, Object.values(filter).join());
  const matrix = useMemo(
    () =>
      model.update({
        ...{ services: shown, nodes, rows, columns, stacks, groups, values },
        loud: new Set(ids),
        pinned: filter.node,
        maxNodes: MAX_NODES,
        maxUneasy: MAX_UNEASY,
      }),
    [model, shown, nodes, rows, columns, stacks, groups, values, ids, filter.node],
  );
  const onStack = useCallback(
    (stack: string, isOpen: boolean) => setStacks((known) => new Map(known).set(stack, isOpen)),
    [],
  );
  const onGroup = useCallback((id: string) => setGroups((known) => new Set(known).add(id)), []);
  const replicas = useMemo(() => shown.reduce((sum, one) => sum + one.replicas.length, 0), [shown]);

  if (head === undefined || !head.ready) return <WaitingForSwarm sources={head?.sources ?? []} />;
  return (
    <div className="page matrix-page">
      <DetailHead
        trail={[{ text: words.title }]}
        title={words.title}
        about={words.about(countServices(shown.length), countNodes(nodes.length), countReplicas(replicas))}
        sentence={head.sentence}
        hint={words.keysHint}
        actions={
          <a className="copy-button" href={toPath('/wall?views=matrix')}>
            {words.wall}
          </a>
        }
      />
      <div className="matrix-tools">
        <FilterBar
          page="/matrix"
          filter={filter}
          onFilter={setFilter}
          fields={filterFields}
          shown={shown.length}
          total={services.length}
          byPlace={placed === null ? 0 : shown.filter(({ id }) => placed.has(id)).length}
        />
        <MatrixTools
          {...{ rows, folds, foldChoices, isOld }}
          isLarge={matrix.isLarge}
          areMany={nodes.length > MAX_NODES}
          fresh={fresh.length}
          onRows={(next) => {
            setStacks(new Map());
            setRows(next);
          }}
          onFolds={(next) => {
            setGroups(new Set());
            setFolds(next);
          }}
          onSort={sort}
        />
      </div>
      {shown.length === 0 ? (
        <p className="panel p-6 text-muted">{services.length === 0 ? words.nothingHere : words.noneMatch}</p>
      ) : (
        <div ref={box}>
          <MatrixGrid matrix={matrix} onStack={onStack} onGroup={onGroup} />
        </div>
      )}
    </div>
  );
}

interface MatrixToolsProps {
  rows: MatrixInput['rows'];
  folds: Folds;
  foldChoices: readonly (readonly [Folds, string])[];
  /** There are more services, or more nodes, than have a line and a column each. */
  isLarge: boolean;
  areMany: boolean;
  /** What has turned bad and has no line yet, and whether the order is older than what it follows from. */
  fresh: number;
  isOld: boolean;
  onRows: (rows: MatrixInput['rows']) => void;
  onFolds: (folds: Folds) => void;
  onSort: () => void;
}

/** Which services have a line and which nodes a column, where not all have. */
function MatrixTools(props: MatrixToolsProps) {
  const { rows, folds, foldChoices, isLarge, areMany, fresh, isOld, onRows, onFolds, onSort } = props;
  return (
    <>
      {isLarge && <Choice label={words.rowsLabel} choices={ROW_CHOICES} value={rows} onChange={onRows} />}
      {areMany && (
        <Choice label={words.columnsLabel} choices={foldChoices} value={folds} onChange={onFolds} />
      )}
      {(isLarge || areMany) && (
        <button
          type="button"
          className="sort-again"
          data-old={isOld}
          title={words.giveLinesHelp}
          onClick={onSort}
        >
          {words.giveLines(fresh)}
        </button>
      )}
    </>
  );
}

/** How nodes are folded, and how they may be. */
function useFolds(labels: NodeLabels) {
  const [folds, setFolds] = useState<Folds>('auto');
  const columns: MatrixInput['columns'] = folds === 'all' ? 'all' : 'auto';
  const values = useMemo(
    () => (folds.startsWith(BY) ? toLabelValues(labels, folds.slice(BY.length)) : null),
    [folds, labels],
  );
  const foldChoices = useMemo(() => toFoldChoices(labels), [labels]);
  return { folds, setFolds, columns, values, foldChoices };
}
