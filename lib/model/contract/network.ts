/** Who has addresses of a network, by our own count: containers that joined it by hand are not in it. */
export interface AddressUse {
  /** How many there are to be given; `null`: not known, or more than run out. */
  size: number | null;
  /** How many of these are left; `null` with it. */
  left: number | null;
  /** Tasks have so many, services (their VIPs) so many, and nodes so many: one each for its load balancer. */
  tasks: number;
  vips: number;
  nodes: number;
  /** How many services are on it. */
  services: number;
}

/** A network of the swarm. */
export interface NetworkPicture {
  id: string;
  /** `null`: no manager has listed it, and nothing more than its id is known. */
  name: string | null;
  driver: string | null;
  /** The routing mesh's own. */
  ingress: boolean;
  encrypted: boolean;
  internal: boolean;
  attachable: boolean;
  subnets: string[];
  addresses: AddressUse;
}

/** A network that a service is on. */
export interface ServiceNetwork extends NetworkPicture {
  /** The service's own address in it; `null`: it has none there. */
  vip: string | null;
}
