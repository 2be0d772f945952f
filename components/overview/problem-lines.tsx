'use client';
import { memo, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Age } from '#components/live/times.tsx';
import { type Look, STATUS_LOOKS, VERDICT_LOOKS } from '#components/status/looks.ts';
import { useGlide } from '#lib/client/hooks/use-glide.ts';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import { usePart, useService } from '#lib/client/hooks/use-part.ts';
import { usePrinting } from '#lib/client/hooks/use-printing.ts';
import { CAUSES } from '#lib/model/contract/diagnosis.ts';
import { type Finding, SERVICE_CAUSES } from '#lib/model/contract/finding.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { listRootIds, rankProblem, toLossPlace, toSwarmPlace } from '#lib/model/findings/problem-order.ts';
import { isProblem } from '#lib/model/status/severity.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { chooseWholePart, endSentences } from '#lib/view/format/whole-parts.ts';
import { toCompactCells } from '#lib/view/overview/compact-cells.ts';
import {
  groupProblems,
  isGroupOver,
  type ProblemGroup,
  toGroupCause,
} from '#lib/view/overview/group-problems.ts';
import { toWorstReplica } from '#lib/view/overview/overview-problems.ts';
import { countMoreServices, countNodes, countServices } from '#words/counts.ts';
import { describeNodeLoss } from '#words/node-losses.ts';
import * as words from '#words/pages/problem-lines.ts';
import { NodeLossArticle, OVER, toLossLook } from './node-loss-article.tsx';
import { ProblemArticle } from './problem-article.tsx';
import type { Other } from './problems-waiting.tsx';
import { SwarmArticle } from './swarm-findings.tsx';

/** A group shows so many, and the rest when asked. */
const MAX_LINES = 9;
/** Beyond these the table of all services marks them. */
const MAX_SERVICES = 200;
const NONE: ReadonlySet<string> = new Set();
const SWARM: Look = { word: words.ofSwarm, className: 's-unhealthy' };
/** About as many characters as the column has at 1440 px; where it is narrower, it wraps. */
const MAX_CHARS = 56;

interface ProblemLinesProps {
  /** By cause of the swarm and by id of a node or a service, in the order in which it is told. */
  ids: readonly string[];
  /** By id what is no service. */
  kept: ReadonlyMap<string, Other>;
  /** Is it so no more? */
  isOver: (id: string) => boolean;
}

/**
 * A bad day: one line each, those of one cause together, what explains others first. A line unfolds in place to all that
 * there is to say.
 */
export function ProblemLines({ ids, kept, isOver }: ProblemLinesProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(NONE);
  const onFold = useCallback((id: string, isOpen: boolean) => {
    setOpen((before) => {
      if (before.has(id) === isOpen) return before;
      const after = new Set(before);
      if (isOpen) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  const others = ids.flatMap((id) => kept.get(id) ?? []);
  const swarm = others.flatMap((one) => (one.kind === 'swarm' ? one.of : []));
  const losses = others.flatMap((one) => (one.kind === 'node' ? one.of : []));
  const serviceIds = ids.filter((id) => !kept.has(id));
  const box = useRef<HTMLDivElement>(null);
  useGlide(box);
  const services = useHeldGroups(serviceIds.slice(0, MAX_SERVICES), box);
  const roots = listRootIds(swarm);
  const byRank = [
    ...[...Map.groupBy(losses, (loss) => rankProblem(toLossPlace(loss, roots)))].map(([rank, members]) => ({
      rank,
      group: <LossGroup key={rank} losses={members} {...{ isOver, open, onFold }} />,
    })),
    ...swarm
      .filter((finding) => toSwarmPlace(finding) === 'follows')
      .map((finding) => ({
        rank: rankProblem('follows'),
        group: <SwarmLine key={finding.cause} finding={finding} {...{ isOver, open, onFold }} />,
      })),
    ...services.map((group) => ({
      rank: Math.min(
        ...group.services.map(({ verdict }) => rankProblem(verdict)).filter((rank) => rank >= 0),
      ),
      group: <ServiceGroup key={group.cause ?? ''} {...{ group, open, onFold }} />,
    })),
  ].sort((a, b) => a.rank - b.rank);
  const hidden = serviceIds.length - MAX_SERVICES;
  return (
    <>
      {swarm.map(
        (finding) =>
          toSwarmPlace(finding) === 'swarm' && (
            <SwarmArticle key={finding.cause} finding={finding} isOver={isOver(finding.cause)} />
          ),
      )}
      <div className="panel problem-groups" ref={box}>
        {byRank.map(({ group }) => group)}
      </div>
      {hidden > 0 && <p className="text-muted">{words.moreMarked(countMoreServices(hidden))}</p>}
    </>
  );
}

interface OthersProps {
  isOver: ProblemLinesProps['isOver'];
  open: ReadonlySet<string>;
  onFold: Foldable['onFold'];
}

function LossGroup({ losses, isOver, open, onFold }: OthersProps & { losses: readonly NodeLoss[] }) {
  const [first] = losses;
  if (first === undefined) return null;
  const { className, word } = toLossLook(first);
  return (
    <Group
      className={className}
      title={first.kind === 'unread' ? word : words.nodes}
      count={countNodes(losses.length)}
    >
      {losses.map((loss) => (
        <LossLine
          key={loss.nodeId}
          loss={loss}
          isOver={isOver(loss.nodeId)}
          isOpen={open.has(loss.nodeId)}
          onFold={onFold}
        />
      ))}
    </Group>
  );
}

/** What the swarm as a whole has because of a node. */
function SwarmLine({ finding, isOver, open, onFold }: OthersProps & { finding: Finding }) {
  const { cause, sentence, sinceMs } = finding;
  const look = isOver(cause) ? OVER : SWARM;
  const own = { id: cause, name: words.theSwarm, sinceMs: isOver(cause) ? null : sinceMs, cells: null };
  return (
    <section className={`problem-group ${look.className}`} aria-label={words.theSwarm} data-swarm={cause}>
      <Line {...own} {...{ look, sentence, onFold }} note={null} isOpen={open.has(cause)}>
        <SwarmArticle finding={finding} isOver={isOver(cause)} />
      </Line>
    </section>
  );
}

/**
 * The groups of these services as they were when the list was sorted, of services as they are now. One whose cause is
 * another since has its place in another group as soon as it is quiet.
 */
function useHeldGroups(serviceIds: readonly string[], box: RefObject<Element | null>): ProblemGroup[] {
  const services = usePart('services') ?? [];
  const byId = new Map(services.map((service) => [service.id, service]));
  const read = (ids: readonly string[]) => ids.map((id) => byId.get(id)).filter((one) => one !== undefined);
  const wanted = groupProblems(read(serviceIds)).flatMap(({ cause, services }) =>
    services.map(({ id }) => toPlaceKey(cause, id)),
  );
  const { ids } = useHeldOrder(wanted, box, serviceIds.join());
  return [...Map.groupBy(ids.map(parsePlaceKey), ({ cause }) => cause)].map(([cause, places]) => ({
    cause,
    services: read(places.map(({ id }) => id)),
  }));
}

const toPlaceKey = (cause: ProblemGroup['cause'], id: string) => `${cause ?? ''} ${id}`;

function parsePlaceKey(key: string): { cause: ProblemGroup['cause']; id: string } {
  const at = key.indexOf(' ');
  return {
    cause: [...CAUSES, ...SERVICE_CAUSES].find((one) => one === key.slice(0, at)) ?? null,
    id: key.slice(at + 1),
  };
}

interface ServiceGroupProps {
  group: ProblemGroup;
  open: ReadonlySet<string>;
  onFold: Foldable['onFold'];
}

function ServiceGroup({ group, open, onFold }: ServiceGroupProps) {
  const { cause, services } = group;
  const ranks = services.map(({ verdict }) => VERDICTS.indexOf(verdict));
  const still = services.filter((one) => isProblem(one.verdict) && toGroupCause(one) === cause).length;
  const look = isGroupOver(group) ? OVER : VERDICT_LOOKS[VERDICTS[Math.min(...ranks)] ?? 'degraded'];
  const count = countServices(services.length);
  return (
    <Group
      className={look.className}
      title={words.nameProblem(cause)}
      count={
        still === services.length ? count : words.stillOf(still === 0 ? null : formatCount(still), count)
      }
    >
      {services.map(({ id }) => (
        <ServiceLine key={id} serviceId={id} isOpen={open.has(id)} onFold={onFold} />
      ))}
    </Group>
  );
}

/** What is unfolded stays so when it comes to have another cause, and another place. */
interface Foldable {
  isOpen: boolean;
  onFold(id: string, isOpen: boolean): void;
}

interface GroupProps {
  className: string;
  title: string;
  count: string;
  children: ReactNode[];
}

/** What has the same cause: its head says what all share. */
function Group({ className, title, count, children }: GroupProps) {
  const [isWhole, setWhole] = useState(false);
  const isPrinting = usePrinting();
  // One more is not worth a button.
  const isCut = !isWhole && !isPrinting && children.length > MAX_LINES + 1;
  return (
    <section className={`problem-group ${className}`} aria-label={`${title}: ${count}`}>
      <h3>
        <span className="status-glyph" aria-hidden="true" />
        {title} <span>{count}</span>
      </h3>
      {isCut ? children.slice(0, MAX_LINES) : children}
      {isCut && (
        <button type="button" className="problem-more" onClick={() => setWhole(true)}>
          {words.showMore(children.length - MAX_LINES)}
        </button>
      )}
    </section>
  );
}

interface LineProps extends Foldable {
  id: string;
  look: Look;
  name: string;
  note: string | null;
  sentence: string;
  sinceMs: number | null;
  cells: ReactNode;
  /** All of it, when it is unfolded. */
  children: ReactNode;
}

function Line({ id, isOpen, onFold, look, name, note, sentence, sinceMs, cells, children }: LineProps) {
  const line = useRef<HTMLDetailsElement>(null);
  // It may have been opened before this script came.
  useEffect(() => {
    if (line.current?.open === true) onFold(id, true);
  }, [id, onFold]);
  return (
    <details
      ref={line}
      className={`problem-line ${look.className}`}
      open={isOpen}
      onToggle={({ currentTarget }) => onFold(id, currentTarget.open)}
    >
      <summary>
        <span className="status-glyph" aria-hidden="true" />
        <span className="sr-only">{look.word}</span>
        <b className="problem-line-name">{name}</b>
        <span className="problem-line-note">{note}</span>
        <span className="problem-line-sentence">
          {keepTogether(endSentences(chooseWholePart(sentence, MAX_CHARS)))}
        </span>
        <span className="problem-line-cells">{cells}</span>
        <span className="problem-line-age">{sinceMs !== null && <Age atMs={sinceMs} form="span" />}</span>
      </summary>
      {isOpen && children}
    </details>
  );
}

interface LossLineProps extends Foldable {
  loss: NodeLoss;
  /** It is so no more. */
  isOver: boolean;
}

const LossLine = memo(function LossLine({ loss, isOver, ...fold }: LossLineProps) {
  const { sentence } = describeNodeLoss(loss);
  const own = {
    id: loss.nodeId,
    name: loss.hostname,
    sentence,
    sinceMs: isOver ? null : loss.sinceMs,
    cells: null,
  };
  const look = isOver ? OVER : toLossLook(loss);
  return (
    <Line look={look} {...own} note={isOver ? look.word : null} {...fold}>
      <NodeLossArticle loss={loss} isOver={isOver} />
    </Line>
  );
});

const ServiceLine = memo(function ServiceLine({ serviceId, ...fold }: Foldable & { serviceId: string }) {
  const service = useService(serviceId);
  if (service === undefined) return null;
  const { name, verdict, sinceMs, running, desired, replicas, findings } = service;
  const cells = toCompactCells(replicas).map(({ key, status, count }) => (
    <i
      key={key}
      className={`cell ${STATUS_LOOKS[status].className} ${count > 1 ? 'cell-many' : ''}`}
      role="img"
      aria-label={`${count > 1 ? `${count} ` : ''}${STATUS_LOOKS[status].word}`}
    >
      {count > 1 ? count : null}
    </i>
  ));
  // That none is up says the number beside it.
  const isOfReplicas = verdict === 'down' && findings.every(({ level }) => level !== 'problem');
  const worst = isOfReplicas ? toWorstReplica(replicas)?.sentence : null;
  const note = words.upOf(running, desired);
  return (
    <Line
      id={serviceId}
      look={VERDICT_LOOKS[verdict]}
      {...fold}
      {...{ name, note, sinceMs, cells }}
      sentence={worst ?? service.sentence}
    >
      <ProblemArticle serviceId={serviceId} />
    </Line>
  );
});
