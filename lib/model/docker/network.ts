/** One of Docker's networks, as an engine lists it: not who is on it. */
export interface DockerNetwork {
  id: string;
  name: string;
  driver: string | null;
  scope: string | null;
  /** The routing mesh's own network: every client of a published port comes from an address in it. */
  ingress: boolean;
  /** Its traffic between nodes is encrypted (`--opt encrypted`). */
  encrypted: boolean;
  /** It leads nowhere outside. */
  internal: boolean;
  /** Containers that Swarm did not make may join it. */
  attachable: boolean;
  /** From `com.docker.stack.namespace`. */
  stack: string | null;
  /** `10.0.0.0/24`, with the address of its gateway and the part of it that addresses are given out of, where they are given. */
  subnets: { subnet: string; gateway: string | null; range: string | null }[];
}
