/** What a node is, before anything of its engine: Swarm's words, and whether others on it suffer from it (`impaired`). */
export type NodeState =
  | 'down'
  | 'unknown'
  | 'manager-unreached'
  | 'draining'
  | 'paused'
  | 'impaired'
  | 'ready';
