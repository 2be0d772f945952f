import type { Case } from '#e2e/cases/case.ts';
import { ago, probe } from '#e2e/cases/made-docker/times.ts';

/** What cannot be read is not green. */
export const CASES: Case[] = [
  {
    id: 'streak-of-two',
    title: 'healthy for Docker, and its last two probes failed',
    source: 'https://github.com/moby/moby/issues/24900',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        container: faulty && {
          State: { Health: { FailingStreak: 2, Log: [probe('40 s', 1), probe('9 s', 1)] } },
        },
      }),
    expect: {
      code: 503,
      verdict: 'failing',
      status: 'failing',
      level: 'problem',
      says: ['Failed 2 of 3 probes'],
    },
  },
  {
    id: 'probe-without-end',
    title: 'a probe that cannot be started has no event: its streak is seen all the same',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      let streak = 0;
      const service = swarm.service({ name, check: '2 s', container: {} });
      const { on, containerId } = service.tasks[0] ?? {};
      if (!faulty || !on || !containerId) return;
      const inspect = on.containers.get(containerId)?.inspect;
      swarm.later(() => {
        streak = 2;
        on.replies.set(`/containers/${containerId}/json`, () => {
          const answer = inspect?.() as { State: { Health: object } };
          const refused = probe(
            '1 s',
            -1,
            'OCI runtime exec failed: exec failed: unable to start container process',
          );
          return {
            ...answer,
            State: { ...answer.State, Health: { Status: 'healthy', FailingStreak: streak, Log: [refused] } },
          };
        });
      });
    },
    expect: { code: 503, status: 'failing', level: 'problem', says: ['Failed 2 of 3 probes'] },
  },
  {
    id: 'inspect-hangs',
    title: 'an inspect that hangs keeps no old green, and blinds no other container of its node',
    source: 'https://github.com/moby/moby/issues/41853',
    lay({ swarm, name, faulty }) {
      if (faulty && !swarm.nodes.some(({ hostname }) => hostname === 'hung01')) swarm.addNode('hung01');
      const service = swarm.service({
        name,
        replicas: 2,
        on: faulty ? ['hung01', 'docker01'] : ['docker01', 'docker02'],
      });
      if (faulty) swarm.service({ name: `${name}-beside`, on: ['hung01'] });
      const { on, containerId } = service.tasks[0] ?? {};
      if (faulty) on?.replies.set(`/containers/${containerId}/json`, 'hang');
    },
    expect: [
      {
        code: 503,
        verdict: 'unknown',
        counts: [1, 2],
        cause: 'container-unread',
        level: 'problem',
        because: 'runtime-stuck',
        says: ['does not answer on hung01', 'docker inspect'],
      },
      { service: 'inspect-hangs-beside', code: 200, isWell: true, verdict: 'healthy' },
      {
        node: 'hung01',
        cause: 'runtime-stuck',
        level: 'problem',
        says: ['1 container, of inspect-hangs, does not answer', 'containerd-shim'],
        has: { 'engine.state': 'live' },
      },
    ],
  },
  {
    id: 'inspect-hangs-later',
    title: 'it answered once, and then its runtime hangs',
    source: 'https://github.com/moby/moby/issues/36680',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, check: '2 s', on: ['docker02'] });
      const { on, containerId } = service.tasks[0] ?? {};
      if (faulty) swarm.later(() => on?.replies.set(`/containers/${containerId}/json`, 'hang'));
    },
    expect: { code: 503, status: 'unknown', cause: 'container-unread', because: 'runtime-stuck' },
  },
  {
    id: 'probe-hangs',
    title: 'no probe of one container comes back, those of another on its node do: its runtime hangs',
    source: 'https://github.com/moby/moby/issues/36680',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      const container = faulty ? { State: { Health: { Log: [probe('1 min')] } } } : {};
      swarm.service({ name, check: '10 s', on: [`${name}1`], container });
      swarm.service({ name: `${name}-beside`, check: '10 s', on: [`${name}1`] });
    },
    expect: [
      { code: 503, status: 'unknown', cause: 'probe-overdue', because: 'runtime-stuck' },
      {
        node: 'probe-hangs1',
        cause: 'runtime-stuck',
        level: 'problem',
        says: ['No probe of 1 container, of probe-hangs, comes back', 'containerd-shim', 'docker exec'],
      },
      { service: 'probe-hangs-beside', code: 200, isWell: true },
    ],
  },
  {
    id: 'probe-not-begun',
    title: 'the first probe that could not be begun for 30 s is a problem, and its node is named',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      const text = 'timed out starting health check for container 0123456789ab';
      const stuck = { ...probe('35 s', -1, text), End: ago('5 s') };
      const container = faulty ? { State: { Health: { FailingStreak: 1, Log: [stuck] } } } : {};
      // Long: a busy machine shall not find the next one overdue before it has looked.
      swarm.service({ name, check: '2 min', on: [`${name}1`], container });
      swarm.service({ name: `${name}-beside`, check: '2 min', on: [`${name}1`] });
    },
    expect: [
      { code: 503, status: 'failing', level: 'problem', because: 'runtime-stuck' },
      { node: 'probe-not-begun1', cause: 'runtime-stuck', level: 'problem' },
    ],
  },
  {
    id: 'hang-alone',
    title:
      'no probe of the only container that is probed on its node comes back, nor what it uses: its runtime hangs',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      const container = faulty ? { State: { Health: { Log: [probe('1 min')] } } } : {};
      const service = swarm.service({ name, check: '10 s', on: [`${name}1`], container });
      const { on, containerId } = service.tasks[0] ?? {};
      if (faulty) on?.replies.set(`/containers/${containerId}/stats`, 'hang');
    },
    expect: [
      { code: 503, status: 'unknown', cause: 'probe-overdue', because: 'runtime-stuck' },
      {
        node: 'hang-alone1',
        cause: 'runtime-stuck',
        level: 'problem',
        says: [
          'No probe of 1 container, of hang-alone, comes back',
          'cannot tell what it uses',
          'containerd-shim',
        ],
        has: { 'engine.state': 'live' },
      },
    ],
  },
  {
    id: 'probes-hang',
    title: 'no probe of a whole node comes back: its host may be too busy, and no runtime is blamed',
    source: 'https://github.com/moby/moby/issues/33933',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      const container = faulty ? { State: { Health: { Log: [probe('1 min')] } } } : {};
      for (const one of [name, `${name}-beside`])
        swarm.service({ name: one, check: '10 s', on: [`${name}1`], container });
    },
    expect: [
      { code: 503, status: 'unknown', cause: 'probe-overdue', because: null },
      { node: 'probes-hang1', never: ['containerd-shim'] },
    ],
  },
  {
    id: 'inspect-fails',
    title: 'an inspect that fails keeps no old green',
    source: 'https://github.com/moby/moby/issues/41410',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, on: ['docker03'] });
      const { on, containerId } = service.tasks[0] ?? {};
      if (faulty)
        on?.replies.set(`/containers/${containerId}/json`, {
          status: 500,
          body: { message: 'layer does not exist' },
        });
    },
    expect: {
      code: 503,
      status: 'unknown',
      cause: 'container-unread',
      level: 'problem',
      says: ['cannot tell of its container', 'layer does not exist'],
    },
  },
];
