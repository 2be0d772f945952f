/**
 * Where a Docker engine answers, parsed. Holds no secrets: only the paths to them. TLS by `psk` is that of our agents: the
 * secret that both sides know is the key (agent-handshake.ts).
 */
export type Endpoint =
  | { kind: 'unix'; display: string; path: string }
  | { kind: 'tcp'; display: string; host: string; port: number; tls: EndpointTls | 'psk' | null }
  | { kind: 'ssh'; display: string; host: string; port: number | null; user: string | null };

export interface EndpointTls {
  /** Folder of ca.pem, cert.pem and key.pem; `null`: the system's authorities, and no certificate of ours. */
  certPath: string | null;
  /** Whether the engine's certificate must be good. */
  verify: boolean;
  /**
   * File of the one authority that the other side's certificate must come from, whatever name is in it: agents have
   * addresses that nobody knows beforehand. `null`: names count.
   */
  pinnedCaPath: string | null;
}
