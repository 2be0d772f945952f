import type { Fact } from '#lib/words/words.ts';

export const rollbackStuck = 'Rollback stuck';
export const stuck = 'Stuck';
export const means = 'Means';
export const message = 'Message';
export const began = 'Began';
export const ended = 'Ended';
export const order = 'Order';
export const onFailure = 'On failure';
export const watchedForLabel = 'Watched for';
export const endedTasks = 'Ended tasks';
export const services = 'Services';
export const report = 'Report';
export const containerLog = 'Container log';
export const rollback = 'Rollback';
export const update = 'Update';
export const waiting = 'Waiting';
export const replacing = 'Replacing';
export const starting = 'Starting';
export const watched = 'Watched';
export const done = 'Done';
export const failed = 'Failed';
export const mode = 'Mode';
export const memory = 'Memory';
export const processes = 'Processes';
export const devices = 'Devices';
export const constraints = 'Constraints';
export const spread = 'Spread';
export const perNode = 'Per node';
export const restarts = 'Restarts';
export const stopGrace = 'Stop grace';
export const platform = 'Platform';
export const image = 'Image';
export const changed = 'Changed';
export const id = 'Id';
export const replicas = 'Replicas';
export const slot = 'Slot';
export const status = 'Status';
export const node = 'Node';
export const streak = 'Streak';
export const probes = 'Probes';
export const lastProbe = 'Last probe';
export const up = 'Up';
export const publishedPorts = 'Published ports';
export const port = 'Port';
export const how = 'How';
export const networks = 'Networks';
export const mounts = 'Mounts';
export const secrets = 'Secrets';
export const configs = 'Configs';
export const environment = 'Environment';
export const labels = 'Labels';
export const containerLabels = 'Container labels';
export const whatChanged = 'What changed';
export const argumentsHidden = 'arguments may hold secrets';
export const partHidden = 'in a part that may be secret';
export const noProbeYet = 'no probe yet';
export const noHealthCheck = 'no health check';
export const noNodeYet = 'no node yet';
export const noReplicas = 'No replicas: none are wanted, and none are left.';
export const ribbonTitle = 'Tasks over time, by slot';
export const timeLabel = 'Time that is shown';
export const noRestarts = 'No task ended badly in the last hour.';
export const restartsLead = 'Restarts in the last hour:';
export const historyReading = 'Its history is being read …';
export const historyUnreadable = (message: Fact) => `Its history cannot be read: ${message}.`;
export const noTasks = 'No tasks are known in this time.';
export const ribbonLabel = 'Tasks by slot';
export const ribbonHelp =
  'Each segment is one task and ends with its cause: point at one, or go there with the keyboard; it leads to that time of its replica.';
export const tooMuch = 'More happened than can be shown at once: choose a shorter time.';
export const actsContinue = 'goes on all the same';
export const rolloutDone = 'Replicas that are done';
export const failureContinue = 'Swarm goes on all the same.';
export const failureActs = (acts: Fact, plural: Fact) =>
  `Swarm ${acts} at more than ${plural} while watched.`;
export const removed =
  'This service was removed from the swarm. Should it be created again under this name, it appears here by itself.';
export const noneRemembered = 'None that Docker or this server remembers.';
export const untilHealthy = (period: Fact, setting: Fact) =>
  `${period}, until healthy a probe every ${setting}`;
export const atOnceOrWithin = (failures: Fact, setting: Fact) => `${failures}, at once or within ${setting}`;
export const inARow = (failures: Fact, setting: Fact, setting2: Fact) =>
  `${failures} in a row, ${setting} to ${setting2} after the first`;
export const imageAndService = 'the image, changed in parts by the service';
export const global = 'global, one on every node';
export const job = (plural: Fact, maxConcurrent: Fact) => `job, ${plural}, ${maxConcurrent} at a time`;
export const globalJob = 'job, once on every node';
export const beforeFailure = (span: Fact) => `${span} before the first failure`;
export const failedSince = (tasks: Fact) => `${tasks} failed since it began;`;
export const moreEnded = (tasks: Fact) => `and ${tasks}, on the pages of their replicas`;
export const allAtOnce = 'all at once';
export const atATime = (parallelism: Fact) => `${parallelism} at a time`;
export const whenFail = (action: Fact, share: Fact) => `${action} when more than ${share} % fail`;
export const watchedFor = (monitor: Fact) => `${monitor} after each task`;
export const modeUnknown = (word: string | null) =>
  word === null ? 'mode not known' : `mode ${word}, not known here`;
export const hostMode = 'host mode: on the nodes with a replica';
export const meshMode = 'routing mesh: on every node';
export const portNotGiven = (mode: 'host' | 'ingress') =>
  mode === 'host' ? 'each node’s own' : 'not given yet';
export const endpointMode = (mode: 'vip' | 'dnsrr') => (mode === 'dnsrr' ? 'DNS round robin' : 'virtual IP');
export const noNetworks = 'On no network of the swarm.';
export const networkUnknown = 'No manager has listed it: more than its id is not known.';
export const addressUse = (tasks: Fact, vips: Fact, nodes: Fact, services: Fact) =>
  `${tasks}, ${vips} and ${nodes}, of ${services}`;
export const mesh = 'the routing mesh';
export const encrypted = 'encrypted';
export const internal = 'internal';
export const attachable = 'attachable';
export const eachReplica = 'each replica';
export const limitAndReserved = (limit: Fact | null, reserved: Fact | null) => {
  if (limit === null)
    return reserved === null ? 'no limit, nothing reserved' : `no limit, reserved ${reserved}`;
  return reserved === null ? `limit ${limit}` : `limit ${limit}, reserved ${reserved}`;
};
export const limitOnly = (limit: Fact) => `limit ${limit}`;
export const maxPerNode = (count: number) => `${count === 1 ? '1 replica' : `${count} replicas`} at most`;
export const neverChanged = 'not since it was created';
export const withImage = 'the image too';
export const neverValues = 'names, never values';
export const noNames = 'It mounts nothing, and has no variables, labels, secrets or configs of its own.';
export const inFile = (file: string) => (file.startsWith('/') ? file : `/run/secrets/${file}`);
export const mount = (kind: string, target: string | null, readOnly: boolean) =>
  [target === null ? kind : `${target}, ${kind}`, readOnly ? 'read-only' : null]
    .filter((part) => part !== null)
    .join(', ');
export const andMoreNames = (more: Fact) => `and ${more}`;
export const namesTitle = 'Mounts and names';
export const inContainer = 'In the container';
export const resourcesTitle = 'Resources and rules';
export const compare = 'Compare replicas';
export const namesAdded = 'added';
export const namesRemoved = 'removed';
export const namesChanged = 'other value';
export const changedHidden = 'changed';
export const notShown = (why: Fact) => `, not shown: ${why}`;
export const ofAddresses = (count: Fact) => `of ${count} addresses`;
export const addressesLeft = (count: Fact) => `${count} left`;
export const vip = 'VIP';
export const replica = 'Replica';
export const cpu = 'CPU';
export const none = 'none';
export const replicaOn = (hostname: Fact) => `Replica on ${hostname}`;
export const doneIn = 'done';
export const ofTask = (task: Fact) => `(task ${task})`;
export const actsPause = 'pauses';
export const actsRollback = 'rolls back';
export const doneOf = (done: Fact, total: Fact) => `${done} of ${total}`;
export const becauseOf = 'Because of';
export const failedLead = 'Failed:';
export const newestFirst = 'newest first';
export const neverUpdated = 'never updated';
export const fromImage = 'the image';
export const fromService = 'the service';
export const sourceUnknown = 'not known';
export const restartNever = 'never';
export const restartAlways = 'always';
export const restartOnFailure = 'on failure';
export const restartAfter = (when: Fact, delay: Fact) => `${when}, after ${delay}`;
export const atMost = (attempts: Fact) => `, at most ${attempts}`;
export const within = (span: Fact) => ` in ${span}`;
export const valueNotSet = 'not set';

export const specFields = {
  env: 'environment variables',
  serviceLabels: 'service labels',
  containerLabels: 'container labels',
  mounts: 'mounts',
  secrets: 'secrets',
  configs: 'configs',
  networks: 'networks',
  ports: 'published ports',
  constraints: 'placement constraints',
  preferences: 'placement preferences',
};

export const updateStates = {
  updating: 'Updating',
  paused: 'Paused',
  completed: 'Completed',
  rollback_started: 'Rolling back',
  rollback_paused: 'Rollback paused',
  rollback_completed: 'Rolled back',
  unknown: 'Unknown',
};
export const updateOrders = { 'stop-first': 'stop first', 'start-first': 'start first' };
export const updateActions = { pause: 'pause', continue: 'go on', rollback: 'roll back' };
export const apart = (delay: Fact) => `, ${delay} apart`;
export const notWatched = 'not watched';
