import type { PortPlace } from './connect-port.ts';

/** What may be asked of the agent: these and nothing else. */
export type AgentRequest =
  | { kind: 'ping' }
  | { kind: 'version' }
  | { kind: 'info' }
  | { kind: 'containers'; limit: number | null }
  /** Those of these ids that stand still. */
  | { kind: 'stopped-containers'; ids: string[] }
  /** Nothing, or an error where one of these ids is not there. */
  | { kind: 'missing-containers'; ids: string[] }
  /** What runs besides Swarm's; asked for only where `VITALS_PLAIN_CONTAINERS` says so. */
  | { kind: 'plain-containers' }
  | { kind: 'container'; id: string }
  | { kind: 'stats'; id: string }
  /** What of these answers a connection from here; only where `VITALS_CHECKS` says so. */
  | { kind: 'ports'; places: PortPlace[] }
  | { kind: 'events'; since: string | null }
  | { kind: 'log'; id: string; query: LogQuery };

export interface LogQuery {
  tail: number;
  since: string | null;
  until: string | null;
  follow: boolean;
  stdout: boolean;
  stderr: boolean;
}

/** Why a request is not answered. Goes to whoever asked: it says nothing about the engine. */
export interface Refusal {
  kind: 'refused';
  statusCode: 400 | 403 | 404 | 405;
  message: string;
}
