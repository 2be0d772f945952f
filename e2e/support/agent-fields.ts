/** The fields that an agent may answer with, by path; written down apart from its code. */
const LABELS = [
  ...['node.id', 'service.id', 'service.name', 'task.id', 'task.name'].map(
    (name) => `com.docker.swarm.${name}`,
  ),
  'com.docker.stack.namespace',
];
const under = (at: string, fields: readonly string[]) => fields.map((field) => `${at}/${field}`);
export const AGENT_FIELDS: Record<string, string[]> = {
  '/version': ['Version', 'ApiVersion', 'MinAPIVersion', 'Os', 'Arch', 'Components/Name', 'VitalsAgent'],
  '/info': [
    ...['ID', 'Name', 'ServerVersion', 'SystemTime'],
    ...under('Swarm', ['NodeID', 'NodeAddr', 'LocalNodeState', 'ControlAvailable', 'Error', 'Cluster/ID']),
    ...under('Swarm', ['RemoteManagers/NodeID', 'RemoteManagers/Addr', 'Cluster/Spec/Name']),
    'Swarm/Cluster/Spec/Orchestration/TaskHistoryRetentionLimit',
  ],
  '/containers/json': [
    ...['Id', 'Created', 'State', 'Status', 'Health/Status', 'Health/FailingStreak'],
    ...under('Labels', LABELS),
  ],
  '/containers/{id}/json': [
    'Id',
    'Image',
    'ImageManifestDescriptor/digest',
    ...under('State', [
      'Status',
      'Running',
      'Paused',
      'Restarting',
      'OOMKilled',
      'Dead',
      'ExitCode',
      'Error',
    ]),
    ...under('State', ['StartedAt', 'FinishedAt', 'Health/Status', 'Health/FailingStreak']),
    ...under('State/Health/Log', ['Start', 'End', 'ExitCode', 'Output']),
    ...under('Config', ['Image', 'Tty', ...under('Labels', LABELS)]),
    ...under('Config/Healthcheck', [
      'Test',
      'Interval',
      'Timeout',
      'StartPeriod',
      'StartInterval',
      'Retries',
    ]),
    'HostConfig/LogConfig/Type',
  ],
  '/containers/{id}/stats': [
    ...['read', 'num_procs', 'networks/all/rx_bytes', 'networks/all/tx_bytes'],
    ...under('cpu_stats', ['cpu_usage/total_usage', 'online_cpus']),
    ...under('cpu_stats/throttling_data', ['periods', 'throttled_periods', 'throttled_time']),
    ...under('memory_stats', ['usage', 'limit', 'stats/total_inactive_file', 'stats/inactive_file']),
    ...under('pids_stats', ['current', 'limit']),
    ...under('blkio_stats', ['io_service_bytes_recursive', 'io_service_bytes_recursive/op']),
    'blkio_stats/io_service_bytes_recursive/value',
  ],
  '/events': [
    ...['Type', 'Action', 'Actor/ID', 'time', 'timeNano'],
    ...under('Actor/Attributes', ['com.docker.swarm.task.id', 'exitCode']),
  ],
};

/** The paths of all fields, `[]` for the entries of a list; labels by their names. */
export function listFields(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => listFields(one, at)))];
  if (value === null || typeof value !== 'object') return [at];
  return [
    ...new Set(
      Object.entries(value).flatMap(([key, one]) => listFields(one, at === '' ? key : `${at}/${key}`)),
    ),
  ];
}
