import type { Case, Lay } from '#e2e/cases/case.ts';
import { addLabel } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { ago, probe } from '#e2e/cases/made-docker/times.ts';
import { refused, toCase } from '#e2e/cases/texts-as-cases.ts';

const CREATE =
  'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
const UNIT = `${CREATE}unable to apply cgroup configuration: unable to start unit "docker-95d983a7.scope" (properties [{Name:Slice Value:"system.slice"} {Name:Delegate Value:true}]): `;
const NOT_THE_COMMAND = /its command/i;

function systemd(id: string, title: string, source: string, words: string): Case {
  return refused(id, title, source, `${UNIT}${words}: unknown`, {
    cause: 'runtime-failed',
    says: ['systemd of docker02 gives it no control group', words.slice(0, 40)],
    never: [NOT_THE_COMMAND, /control groups/],
  });
}

const NO_BUS = 'The name org.freedesktop.systemd1 was not provided by any .service files';

/** What operators told between 2023 and 2026. */
export const CASES: Case[] = [
  systemd(
    'systemd-not-there',
    'systemd does not answer the runtime: nothing starts on that node',
    'https://github.com/moby/moby/issues/47824',
    NO_BUS,
  ),
  systemd(
    'systemd-helper',
    'the way to systemd fails',
    'https://github.com/docker/compose/issues/12351',
    'Launch helper exited with unknown return code 1',
  ),
  systemd(
    'systemd-too-old',
    'a systemd that does not know what it is told',
    'https://github.com/microsoft/WSL/issues/11060',
    'Cannot set property IOAccounting, or unknown property.',
  ),
  {
    id: 'root-systemd',
    title: 'the same of two services on one node is the node’s',
    source: 'https://github.com/moby/moby/issues/47824',
    lay({ swarm, name, faulty }) {
      const host = `${name}1`;
      swarm.addNode(host);
      const task = faulty && {
        DesiredState: 'shutdown',
        Status: {
          State: 'failed',
          Message: 'starting',
          Err: `${UNIT}${NO_BUS}: unknown`,
          ContainerStatus: null,
        },
      };
      for (const service of [name, `${name}-2`])
        swarm.service({ name: service, on: [host], task, container: faulty ? 'none' : {} });
    },
    expect: [
      { code: 503, because: 'node-runtime', cause: 'runtime-failed' },
      { node: 'root-systemd1', cause: 'node-runtime', level: 'problem', says: ['org.freedesktop.systemd1'] },
    ],
  },
  refused(
    'apparmor-not-there',
    'an engine that asks for AppArmor where the kernel has none',
    'https://github.com/mailcow/mailcow-dockerized/issues/5057',
    `${CREATE}error during container init: unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown`,
    { says: [/apparmor/i, 'docker02'], never: [NOT_THE_COMMAND, 'it is not in the image'] },
  ),
  refused(
    'login-called-missing',
    'a registry that refuses the login is called a missing image by Swarm',
    'https://github.com/moby/moby/issues/52570',
    'No such image: registry.example.com/private/app:1@sha256:0123',
    {
      cause: 'image-missing',
      says: ['it is not on docker02 and could not be pulled', '--with-registry-auth'],
    },
  ),
  refused(
    'vxlan-after-upgrade',
    'an upgrade of the engine leaves the interface of a network behind',
    'https://github.com/moby/libnetwork/issues/1765',
    'network sandbox join failed: subnet sandbox join failed for "10.0.2.0/24": error creating vxlan interface: file exists',
    { cause: 'network-failed', says: ['10.0.2.0/24', 'docker02'], never: [/port/i] },
  ),
  toCase(
    'timed-out-three-times',
    'its probes passed, and then took longer than they may: Swarm replaces it',
    'https://github.com/lbr38/repomanager/issues/405',
    {
      container: {
        State: {
          Health: {
            Status: 'unhealthy',
            FailingStreak: 3,
            Log: [
              probe('124 s'),
              probe('93 s'),
              ...['62 s', '33 s', '2 s'].map((age) => probe(age, -1, 'Health check exceeded timeout (3s)')),
            ],
          },
        },
      },
    },
    { code: 503, status: 'unhealthy', says: ['3 times in a row', 'timed out after 3 s'] },
  ),
  toCase(
    'no-curl-while-starting',
    'a check that cannot run while its container starts: it will never be healthy',
    'https://github.com/kutovoys/xray-checker/issues/110',
    {
      task: { Status: { State: 'starting', Message: 'starting', Timestamp: ago('50 s') } },
      container: {
        State: {
          StartedAt: ago('50 s'),
          Health: {
            Status: 'starting',
            FailingStreak: 2,
            Log: [
              ...['32 s', '2 s'].map((age) =>
                probe(
                  age,
                  -1,
                  'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
                ),
              ),
            ],
          },
        },
      },
    },
    { code: 503, status: 'starting', says: ['curl is not in the image'] },
  ),
  {
    id: 'job-failed-for-good',
    title: 'a job whose only task failed, and that may not be tried again',
    source: 'https://github.com/docker/cli/issues/2979',
    lay: (lay) => layJob(lay, { restart: 'none', failed: lay.faulty }),
    expect: {
      code: 503,
      verdict: 'degraded',
      status: 'failed',
      says: ['exit 1'],
      never: [/Finished: 1 of 1/],
    },
    control: { code: 200, verdict: 'idle', says: ['Finished: 1 of 1 completed'] },
  },
  {
    id: 'job-with-many-tasks',
    title: 'a job keeps a thousand tasks that are done: it is done, and they are bounded',
    source: 'https://github.com/moby/moby/issues/42789',
    // In the swarm of all cases a thousand tasks would slow every list.
    ownSwarm: { managers: 1 },
    lay(lay) {
      layJob(lay, { restart: 'on-failure', failed: false, tasks: lay.faulty ? 1_000 : 1 });
    },
    expect: { code: 200, verdict: 'idle', isWell: true, says: ['Finished: 1000 of 1000 completed'] },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'down-and-not-replaced',
    title: 'a worker is off, and Docker goes on counting its replica as running',
    source: 'https://github.com/moby/moby/issues/45922',
    lay({ swarm, name, faulty }) {
      const node = swarm.addNode(`${name}1`, {
        node: faulty && { Status: { State: 'down', Message: 'heartbeat failure' }, UpdatedAt: ago('2 min') },
      });
      node.isServed = !faulty;
      swarm.service({ name, on: [`${name}1`] });
    },
    expect: { code: 503, status: 'lost', counts: [0, 1], says: ['is down (heartbeat failure)'] },
  },
  {
    id: 'global-of-managers',
    title: 'a global service that is kept to the managers wants one replica, not one on every node',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/644',
    lay({ swarm, name }) {
      swarm.service({
        name,
        mode: 'global',
        on: ['docker01'],
        service: { Spec: { TaskTemplate: { Placement: { Constraints: ['node.role == manager'] } } } },
      });
    },
    expect: { code: 200, verdict: 'healthy', counts: [1, 1], isWell: true, never: ['no replica on'] },
    control: null,
  },
  {
    id: 'global-label-by-its-name',
    title:
      'a constraint that names a label without saying that it is one: 0 of 0, and Docker calls that well',
    source: 'https://github.com/moby/moby/issues/29724',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        mode: 'global',
        on: faulty ? [] : ['docker01', 'docker02'],
        service: faulty && {
          Spec: { TaskTemplate: { Placement: { Constraints: ['server.type == front'] } } },
        },
      });
    },
    expect: {
      code: 503,
      verdict: 'pending',
      cause: 'no-node-fits',
      says: ['Swarm knows nothing of nodes that is called server.type', 'node.labels.server.type==front'],
    },
  },
  {
    id: 'name-of-another',
    title: 'managers list a node with another one’s name now and then',
    source: 'https://github.com/moby/moby/issues/46462',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'] });
      if (!faulty) return;
      const { replies } = swarm.node('docker01');
      let lists = 0;
      const flip = (answer: unknown) => {
        lists += 1;
        const nodes = answer as { ID: string; Description: { Hostname: string } }[];
        const other = nodes.find(({ Description }) => Description.Hostname === 'docker03');
        return nodes.map((node) =>
          node.Description.Hostname === 'docker02' && lists % 2 === 0 && other
            ? { ...node, Description: other.Description }
            : node,
        );
      };
      swarm.later(() => replies.set('/nodes', flip));
    },
    expect: [
      { code: 200, status: 'healthy', isWell: true },
      {
        node: 'docker02',
        cause: 'name-flips',
        level: 'notice',
        says: ['list it as docker03 now and then'],
        has: { hostname: 'docker02' },
      },
    ],
    control: [
      { code: 200, isWell: true },
      { node: 'docker02', never: ['name-flips'] },
    ],
  },
  {
    id: 'two-engines-of-one-id',
    title: 'two engines say that they are the same node: each replica is there once',
    source: 'https://github.com/moby/moby/issues/46167',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, replicas: 2, on: ['docker02', 'docker03'] });
      if (!faulty) return;
      const { id } = swarm.node('docker02');
      const twin = swarm.node('docker03');
      twin.info = { ...twin.info, Swarm: { ...(twin.info.Swarm as object), NodeID: id } };
    },
    expect: [
      { code: 503, says: [/docker03/] },
      { node: 'docker03', cause: 'engine-unconfigured' },
    ],
    control: [{ code: 200, isWell: true }],
  },
  {
    id: 'no-check-of-four',
    title: 'one service of a stack has no check, and all the others have one',
    source: 'https://github.com/moby/moby/issues/24900',
    lay({ swarm, name, faulty }) {
      const service = { Spec: { Labels: { 'com.docker.stack.namespace': name } } };
      for (const other of ['a', 'b', 'c'])
        swarm.service({ name: `${name}-${other}`, service: withImage(service, `${name}-${other}:1`) });
      swarm.service({ name, service: withImage(service, `${name}:1`), check: faulty ? null : '30 s' });
    },
    expect: {
      code: 200,
      verdict: 'running',
      cause: 'check-missing',
      level: 'notice',
      says: ['the 3 other services of the stack no-check-of-four have one'],
    },
    control: { code: 200, verdict: 'healthy', never: ['check-missing'] },
  },
  {
    id: 'pinned-to-a-label-of-yesterday',
    title: 'a replicated service whose constraint names what no node is called by',
    source: 'https://github.com/moby/moby/issues/29724',
    lay({ swarm, name, faulty }) {
      addLabel(swarm.node('docker01'), name);
      swarm.service({
        name,
        service: faulty && { Spec: { TaskTemplate: { Placement: { Constraints: ['disk==ssd'] } } } },
        task: faulty && {
          NodeID: undefined,
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (scheduling constraints not satisfied on 3 nodes)',
            Timestamp: ago('2 min'),
            ContainerStatus: null,
          },
        },
        container: faulty ? 'none' : {},
      });
    },
    expect: { code: 503, verdict: 'pending', cause: 'no-suitable-node', says: ['node.labels.disk==ssd'] },
  },
  refused(
    'init-not-there',
    '--init, and the node has no docker-init: its image lacks nothing',
    'https://github.com/docker/for-win/issues/695',
    'starting container failed: failed to create task for container: exec: "docker-init": executable file not found in $PATH',
    {
      cause: 'runtime-failed',
      says: ['The program docker-init that --init runs it with is not on docker02', 'without --init'],
      never: [NOT_THE_COMMAND, /not in the image/],
    },
  ),
  refused(
    'runtime-pipe',
    'after days of deploys the runtime starts nothing more until the node is started anew',
    'https://github.com/opencontainers/runc/issues/4905',
    `${CREATE}can't get final child's PID from pipe: EOF: unknown`,
    {
      cause: 'ended',
      says: ['Its container could not be started on docker02', 'final child'],
      never: [NOT_THE_COMMAND, 'The container runtime of docker02 failed'],
    },
  ),
  refused(
    'gateway-endpoint-left',
    'a deploy is refused: the endpoint of the container before is still at docker_gwbridge',
    'https://github.com/moby/moby/issues/35281',
    'Failed joining staging-endpoint to sandbox staging_backend_sbox: container staging_backend_sbox: endpoint create on GW Network failed: endpoint with name gateway_staging_back already exists in network docker_gwbridge',
    {
      cause: 'network-failed',
      says: ['gateway_staging_back', 'docker network disconnect -f docker_gwbridge gateway_staging_back'],
    },
  ),
  refused(
    'swarm-not-active-yet',
    'a global service is to start on a node that has not joined whole',
    'https://github.com/moby/moby/issues/34864',
    'cannot create a swarm scoped network when swarm is not active',
    {
      cause: 'network-failed',
      says: ['Its network could not be set up on docker02', 'when swarm is not active'],
    },
  ),
  refused(
    'hostname-too-long',
    'a hostname made by a template is longer than Linux takes',
    'https://github.com/basecamp/kamal/pull/614',
    `starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: sethostname: invalid argument: unknown`,
    {
      cause: 'setting-refused',
      says: ['Its hostname is not one that docker02 takes', '64 characters'],
      never: [NOT_THE_COMMAND, 'The container runtime of docker02 failed'],
    },
  ),
  refused(
    'volume-over-file',
    'an image has a file where its own VOLUME is to be',
    'https://github.com/AntaresQAQ/campushoy-auto-sign/issues/7',
    'cannot mount volume over existing file, file exists /var/lib/docker/overlay2/c0ad17aee0ba3d3d63b46bf5bd91ff4748aabf6e9e119b1bd4ae146b35cad665/merged/app/config.yaml',
    { says: ['/app/config.yaml cannot be mounted on docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'reservation-too-small',
    'a reservation below what Docker takes, which Swarm lets pass',
    'https://github.com/awsdocs/amazon-ecs-developer-guide/pull/185',
    'Minimum memory reservation allowed is 6MB',
    { cause: 'setting-refused', says: ['docker02 refuses a limit', '6MB'] },
  ),
  refused(
    'file-handle-stale',
    'the file server was started anew: the volume that is mounted leads nowhere',
    'https://github.com/moby/moby/issues/22891',
    'starting container failed: error evaluating symlinks from mount source "/var/lib/docker/volumes/shop_data/_data": lstat /var/lib/docker/volumes/shop_data/_data: stale NFS file handle',
    {
      cause: 'mount-missing',
      says: ['Volume shop_data cannot be mounted on docker02', 'stale NFS file handle'],
    },
  ),
  refused(
    'no-subnet-left',
    'docker_gwbridge is to be made, and no subnet is free: a VPN, or too many networks',
    'https://github.com/docker/for-linux/issues/599',
    'starting container failed: error creating external connectivity network: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    {
      cause: 'network-failed',
      says: ['the engine finds no subnet there that overlaps nothing', 'docker network prune'],
      never: [/its subnet overlaps another/],
    },
  ),
  refused(
    'layer-not-there',
    'the registry lists a layer that it does not have',
    'https://github.com/containerd/containerd/issues/6147',
    'failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:9a940d118df69e65d813962f75e391b9f336d5575e2428d7605391a03d7617d2 (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found',
    {
      cause: 'image-missing',
      says: ['cannot be used: a part of it is missing'],
      never: [/no such tag/],
    },
  ),
];

function withImage(service: { Spec: object }, image: string) {
  return { Spec: { ...service.Spec, TaskTemplate: { ContainerSpec: { Image: image } } } };
}

function layJob(
  { swarm, name }: Lay,
  { restart, failed, tasks = 1 }: { restart: string; failed: boolean; tasks?: number },
): void {
  const status = failed
    ? {
        State: 'failed',
        Message: 'started',
        Err: 'task: non-zero exit (1)',
        ContainerStatus: { ExitCode: 1 },
      }
    : { State: 'complete', Message: 'finished', ContainerStatus: { ExitCode: 0 } };
  const service = swarm.service({
    name,
    replicas: 0,
    service: {
      JobStatus: { JobIteration: { Index: 3 } },
      Spec: {
        Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: tasks } },
        TaskTemplate: { RestartPolicy: { Condition: restart } },
      },
    },
  });
  for (let slot = 0; slot < tasks; slot += 1)
    service.task({
      slot,
      on: 'docker02',
      container: 'none',
      task: {
        JobIteration: { Index: 3 },
        DesiredState: failed ? 'shutdown' : 'complete',
        Status: { ...status, Timestamp: ago('2 h') },
      },
    });
}
