/** What is asked of a port beyond a connection. */
export type CheckAsk =
  /** That it takes a connection. Nothing is sent but its end, which whoever took it answers. */
  | { kind: 'tcp' }
  /** That it speaks TLS. The certificate is not judged, and nothing is sent but the handshake. */
  | { kind: 'tls' }
  /** That it answers a GET of this path with a status below 400. */
  | { kind: 'http'; path: string };

/** What a label of a service says of its ports. */
export interface CheckLabel {
  /** As it is published; `null`: each. */
  port: number | null;
  /** `off`: it is not asked; `unreadable`: what it says is none of these. */
  ask: LabelAsk | { kind: 'unreadable' };
}

export type LabelAsk = CheckAsk | { kind: 'off' };

/** How one connection ended. `wrong`: it was taken, and what was asked for was not given. */
const PORT_ANSWERS = ['answers', 'refused', 'timed-out', 'unreachable', 'wrong'] as const;

export type PortAnswer = (typeof PORT_ANSWERS)[number];

/**
 * What a port gave instead of what it was asked for. `silent`: there was a connection, and nothing came through it in
 * time, not even its end: perhaps no process ever took it.
 */
export type WrongAnswer =
  | { kind: 'status'; code: number }
  | { kind: 'no-http' }
  | { kind: 'no-tls' }
  | { kind: 'cut' }
  | { kind: 'silent' };

/** One connection, and how it ended. */
export interface PortResult {
  answer: PortAnswer;
  /** Until it was taken, or answered; `null` when it was not. */
  ms: number | null;
  /** Until the connection was made; `null`: it was not. */
  connectMs: number | null;
  /** The HTTP status of an answer; `null`: none was asked for, or none came. */
  status: number | null;
  /** Of one that answers: `silent`, where a connection was all that there was. */
  wrong: WrongAnswer | null;
}

/** One port on one node that should answer, or should not. */
export interface PortTarget {
  /** Unique, and the same for as long as it is the same port on the same node. */
  key: string;
  /** `null`: one that Swarm itself needs. */
  serviceId: string | null;
  nodeId: string;
  /** As the managers list it; `null`: they list none. */
  address: string | null;
  port: number;
  mode: 'ingress' | 'host' | 'swarm';
  ask: CheckAsk;
  /** Of what runs behind it: another one may do otherwise with a connection. `null`: Swarm's own. */
  image: string | null;
  /** So many in turn meet each replica behind it. */
  connections: number;
  /** Has it replicas that take traffic? `null`: not known, or just changing: whatever it does is no fault. */
  expects: 'answer' | 'nothing' | null;
  /** Another one when the replicas behind it are others: what was seen before says nothing of them. */
  basis: string;
}

/** Some connections in turn to one target. */
export interface PortRound {
  /** Our clock, when it began. */
  atMs: number;
  basis: string;
  /** What it should have done all the while; `null` also of what came before a time in which it need not answer. */
  expects: PortTarget['expects'];
  asked: number;
  answered: number;
  /** Of those that answered, made only when they were asked for again: something on the way, or a full queue, lost the first packet. */
  late: number;
  /** How most of the others ended; `null`: all answered. */
  failure: Exclude<PortAnswer, 'answers'> | null;
  /** In the middle of those that answered; `null`: none did. */
  ms: number | null;
  status: number | null;
  /** Of those that failed; where none did `silent`, when no more than a connection was had of one. */
  wrong: WrongAnswer | null;
}

/**
 * What a connection from another node gave. `silent`: it was made, and nothing came through it; `unlisted`: that node's
 * engine does not list the port, so nothing went there.
 */
export const VIEW_ANSWERS = ['answers', 'silent', 'refused', 'timed-out', 'unreachable', 'unlisted'] as const;

export type ViewAnswer = (typeof VIEW_ANSWERS)[number];

/** An address of a node, and a port on it. */
export interface PortPlace {
  address: string;
  port: number;
}

/** What an agent saw of it; `not-asked`: it connects to so much at a time. */
export interface SeenPort extends PortPlace {
  answer: ViewAnswer | 'not-asked';
  /** Until the connection was made; `null`: it was not. */
  ms: number | null;
}

/** What is known of a port on one node as it is seen from another. */
export interface PortView {
  /** From there. */
  nodeId: string;
  /** That it fails is known once it was seen twice in a row; `null`: not yet. */
  state: ViewAnswer | null;
  /** Our clock, when that began. */
  sinceMs: number;
  /** The last time. */
  answer: ViewAnswer;
  ms: number | null;
  atMs: number;
  /** Of the replicas behind it then. */
  basis: string;
  /** It answered from there before. */
  wasReached: boolean;
}

/** What is known of a target by all rounds. One failed round decides nothing. */
export interface PortCheck {
  target: PortTarget;
  /** The last ones, oldest first. */
  rounds: readonly PortRound[];
  /** `partly`: some connections fail; `null`: not known yet. */
  state: PortState | null;
  /** Our clock, when that began. */
  sinceMs: number;
  /** How the failed ones end; `null`: none fails. */
  failure: Exclude<PortAnswer, 'answers'> | null;
  /** What the state rests on: so many of the last connections failed. */
  failed: number;
  asked: number;
  wrong: WrongAnswer | null;
  /** Something came from there before, be it a refusal: what only times out since then does not for a firewall that always stood there. */
  wasReached: boolean;
  /** As agents see it, one a node; empty: none is asked. */
  views: readonly PortView[];
}

export const PORT_STATES = [...PORT_ANSWERS, 'partly'] as const;

export type PortState = (typeof PORT_STATES)[number];

/** TCP ports that Swarm needs between its nodes: of the managers' Raft and API, and of the networks' gossip. */
export const SWARM_PORTS = { managers: 2377, gossip: 7946 } as const;

/** Longer than any path that a health check has. */
const MAX_PATH_CHARS = 200;
/** Printable, without blanks: it ends up in a request. Whoever writes two slashes means a host, and there is none to choose. */
const PATH = /^\/(?!\/)[!-~]*$/;
const HTTP = 'http:';

/** `http:/path`, `tls`, `tcp` or `off`, in large letters or small; `null` for anything else. */
export function parseCheckAsk(text: string): LabelAsk | null {
  const value = text.trim();
  const kind = value.slice(0, HTTP.length).toLowerCase();
  if (kind === 'tcp' || kind === 'tls' || kind === 'off') return { kind };
  if (kind !== HTTP) return null;
  const path = value.slice(HTTP.length);
  return path.length <= MAX_PATH_CHARS && PATH.test(path) ? { kind: 'http', path } : null;
}

export const CHECK_LABEL = 'vitals.check';
const LABEL = /^vitals\.check(?:\.([1-9]\d{0,4}))?$/;
const MAX_LABELS = 100;

/** What the labels of a service say of its checks: `vitals.check` of all its ports, `vitals.check.8080` of one. */
export function toCheckLabels(labels: Readonly<Record<string, string>>): CheckLabel[] {
  const found: CheckLabel[] = [];
  for (const [name, text] of Object.entries(labels)) {
    const match = LABEL.exec(name);
    if (match === null || found.length >= MAX_LABELS) continue;
    const port = match[1] === undefined ? null : Number(match[1]);
    found.push({ port, ask: parseCheckAsk(text) ?? { kind: 'unreadable' } });
  }
  return found;
}

/** What to ask of a port: what its own label says, else what the service's says, else a connection. */
export function findAsk(labels: readonly CheckLabel[], port: number): LabelAsk {
  let ofAll: LabelAsk = { kind: 'tcp' };
  for (const { port: one, ask } of labels) {
    if (ask.kind === 'unreadable') continue;
    if (one === port) return ask;
    if (one === null) ofAll = ask;
  }
  return ofAll;
}
