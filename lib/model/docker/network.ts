/** One of Docker's networks, as an engine lists it: who is on it is not told. */
export interface DockerNetwork {
  id: string;
  name: string;
  driver: string | null;
  scope: string | null;
  /** The routing mesh's own network: every client of a published port comes from an address in it. */
  ingress: boolean;
  /** `10.0.0.0/24`, with the address of its gateway where it is told. */
  subnets: { subnet: string; gateway: string | null }[];
}
