import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { NodeDetail } from '#lib/model/contract/node-detail.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { PlacesPage } from '#lib/model/contract/place.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { HistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
import type { IncidentAnswers } from '#lib/server/answers/create-incident-answers.ts';
import type { ReportAnswers } from '#lib/server/answers/create-report-answers.ts';
import type { UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import type { LogAccess } from './create-log-access.ts';
import type { Metric } from './metrics/metric.ts';
import type { MomentAnswers } from './past/create-moment-answers.ts';
import type { TimelineAnswers } from './past/create-timeline-answers.ts';
import type { ApartAnswers } from './scoped/create-apart-answers.ts';
import type { LeadState } from './shared/to-lead-state.ts';
import type { SilenceAnswers } from './silences/create-silence-answers.ts';

/** What pages and routes may ask on behalf of whoever sent their request, by `getVitals()`: no more than they may see. */
export interface Vitals {
  readonly epoch: string;
  readonly build: string;
  /** What may be seen of it. */
  readonly scope: Scope;
  /** `null`: container logs are switched off, or not for them. */
  readonly logs: LogAccess | null;
  /** The newest picture; immutable. */
  picture(): SwarmPicture;
  /** Settles when the first sync of the managers is done, or after `timeoutMs`: a page need not start empty. */
  ready(timeoutMs: number): Promise<boolean>;
  /**
   * By name, or by id. Reads probes anew from the engine where newer ones are known to exist. `null`: no such service.
   *
   * @throws NotRead, as the two after it: of a relay whose source cannot be asked
   */
  serviceDetail(name: string): Promise<ServiceDetail | null>;
  replicaDetail(name: string, key: string): Promise<ReplicaDetail | null>;
  /** By id. `null`: there is no such node (any more). */
  nodeDetail(nodeId: string): Promise<NodeDetail | null>;
  /** Of each node what labels it was given, by its id. @throws NotRead, as above */
  nodeLabels(): Promise<Record<string, Record<string, string>>>;
  /** Who has the port or the address that was typed; nothing where it is neither. */
  /** @param isSeen is this service there for who asks? */
  places(text: string, isSeen?: (serviceId: string) => boolean): Promise<PlacesPage>;
  readonly history: HistoryAnswers;
  readonly incidents: IncidentAnswers;
  readonly reports: ReportAnswers;
  readonly timeline: TimelineAnswers;
  readonly moment: MomentAnswers;
  readonly usage: UsageAnswers;
  readonly silences: SilenceAnswers;
  /** Opens one viewer's stream; `lastEventId` resumes. */
  openStream(lastEventId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  /** For `GET /metrics`. */
  metrics(): Promise<{ contentType: string; text: string }>;
  /** For the metrics of several swarms together; `null` where others should have their turn. */
  collectMetrics(loopLagMs: number): Iterable<Metric | null>;
  /** What a relay asks for whom stacks limit there; `null`: whoever asks does not see everything. */
  apart(scope: Scope): ApartAnswers | null;
}

/** All there is to know: what everybody else may see is made of it. */
export interface WholeVitals extends Vitals {
  /** For stacks alone; the same for all who see the same, since it keeps what it made. */
  apart(scope: Scope): ApartAnswers;
  /** Without what is of this process. @param picture as much of it as may be seen */
  metricsOf(picture: () => SwarmPicture): Pick<Vitals, 'metrics' | 'collectMetrics'>;
}

/** The running product. Made once per process. */
export interface Product {
  /** What is answered to somebody who may see so much. */
  of(scope: Scope): Vitals;
  /** The newest picture of all of it; immutable. */
  picture(): SwarmPicture;
  /** Is told whenever there is something new to ask for. */
  subscribe(listener: ProductListener): void;
  /** Settles when the first sync of the managers is done, or after `timeoutMs`. */
  ready(timeoutMs: number): Promise<boolean>;
  /** What a manager's engine knows of networks. @throws EngineError of the last one when none answers */
  networks(): Promise<DockerNetwork[]>;
  /** Numbers for `/api/healthz` and the benchmark. */
  stats(): VitalsStats;
  close(): Promise<void>;
}

export interface ProductListener {
  onUpdate(): void;
  onEvents(): void;
}

export interface VitalsStats {
  startedAtMs: number;
  viewers: number;
  /** Viewers of container logs, and the containers followed for them; `null`: switched off. */
  logs: { viewers: number; containers: number } | null;
  revision: number;
  /** Requests to Docker and bytes read, per endpoint, since start. */
  docker: { endpoint: string; requests: number; bytesRead: number }[];
  /** Whether the past is kept; the live view does not depend on it. */
  history: HistoryState;
  /** Where the history is in a database that other servers may have, too: what this one of them is. */
  lead?: LeadState;
  memoryBytes: number;
  /** Of a relay: the server that it reads. */
  source?: SourceStats;
}

export interface SourceStats {
  /** What the swarm is called in VITALS_SWARMS. */
  name: string;
  isRead: boolean;
  /** Our clock: when it was last heard; `null`: never. */
  heardAtMs: number | null;
  /** Why it cannot be read, in a sentence; `null`: it is. */
  problem: string | null;
}
