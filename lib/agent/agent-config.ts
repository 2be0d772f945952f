/** Where the agent's own engine answers. */
export type EngineAddress = { kind: 'unix'; path: string } | { kind: 'tcp'; host: string; port: number };

export interface AgentConfig {
  engine: EngineAddress;
  secret: string;
  port: number;
  /** The address it listens at: inside its container, all of them. */
  host: string;
  /** Contents of the PEM files; `null`: plain HTTP, as an encrypted overlay network allows. */
  tls: { cert: Buffer; key: Buffer } | null;
  logs: boolean;
}

export const AGENT_PORT = 9501;
export const MIN_SECRET = 16;
