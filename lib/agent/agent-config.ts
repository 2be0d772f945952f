/** Where the agent's own engine answers. */
export type EngineAddress = { kind: 'unix'; path: string } | { kind: 'tcp'; host: string; port: number };

export interface AgentConfig {
  engine: EngineAddress;
  /** Of this installation: proven in each handshake, or asked for in each request where certificates encrypt. */
  secret: string;
  port: number;
  /** The address it listens at: inside its container, all of them. */
  host: string;
  /** Contents of the PEM files; `null`: the secret itself is the key of the encryption (agent-handshake.ts). */
  tls: { cert: Buffer; key: Buffer } | null;
  logs: boolean;
}
