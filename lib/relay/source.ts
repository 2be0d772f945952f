import type { SourceProblem } from '#lib/model/contract/statement.ts';

/** The server that a relay reads. */
export interface RelaySource {
  /** What the swarm is called in the setting. */
  name: string;
  /** Its address, with the path before all of its paths, without a slash at the end: `https://vitals.example/swarm`. */
  url: string;
  token: string;
  /** Certificates of the authorities that its own may come from, PEM; `null`: those that Node knows. */
  ca: string | null;
}

export class SourceError extends Error {
  readonly problem: SourceProblem;
  constructor(problem: SourceProblem) {
    super(problem.kind);
    this.name = 'SourceError';
    this.problem = problem;
  }
}

/** The problem that anything thrown while reading stands for. */
export function toSourceProblem(error: unknown): SourceProblem {
  if (error instanceof SourceError) return error.problem;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return { kind: 'cut' };
  if (/^(CERT_|ERR_TLS_|DEPTH_|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(code))
    return { kind: 'certificate', code };
  return code === 'ECONNRESET' ? { kind: 'cut' } : { kind: 'no-answer', code };
}

/** What the status of an answer says is wrong; `null`: nothing. */
export function findStatusProblem(status: number): SourceProblem | null {
  if (status === 200) return null;
  if (status === 401) return { kind: 'unknown-token' };
  if (status === 403) return { kind: 'refused' };
  if (status >= 300 && status < 400) return { kind: 'redirects' };
  return { kind: 'status', status };
}
