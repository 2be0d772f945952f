/** What an engine and its manager said of one service: kept as it came, without what is of this machine. */
export interface EngineWords {
  engine: string;
  /** Of tasks that did not come to run, each once. */
  tasks: { state: string; message: string; err: string | null; exitCode: number | null }[];
  /** Of containers that ended or cannot be probed, each once. */
  containers: {
    status: string;
    exitCode: number;
    error: string;
    oomKilled: boolean;
    probe: { exitCode: number; output: string } | null;
  }[];
  /** Actions of its containers, each with how often it came and its exit code. */
  events: Record<string, number>;
}
