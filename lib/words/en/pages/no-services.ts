export const noneYet =
  'This swarm has no services yet. Deploy one, and it appears here by itself. For example:';
export const createCommand = 'docker service create --name web nginx';
