import type { Case, Lay } from '#e2e/cases/case.ts';
import type { Reply } from '#e2e/cases/made-docker/create-made-swarm.ts';

const BROKEN: Reply = { status: 500, body: { message: 'rpc error: code = Unknown desc = something new' } };
const ALONE = { ownSwarm: { managers: 1 } } as const;
const WELL_ALONE = [
  { code: 200, isWell: true },
  { swarm: true, verdict: 'healthy', isWell: true },
] as const;

/** From a moment on its manager answers so; or, `isEarly`, from before the server starts. */
function lie(path: string, reply: Reply, isEarly = false) {
  return ({ swarm, name, faulty }: Lay) => {
    swarm.service({ name, replicas: 2 });
    if (!faulty) return;
    const set = () => void swarm.node('docker01').replies.set(path, reply);
    if (isEarly) set();
    else swarm.later(set);
  };
}

/** Monitors get nothing, and the page says which list fails and why. */
function expectUnlisted(list: string, says: (string | RegExp)[]): Case['expect'] {
  return [
    { code: 503 },
    {
      swarm: true,
      verdict: 'unknown',
      cause: 'managers-unreachable',
      level: 'problem',
      says: [`does not list its ${list}`, ...says],
      never: ['Docker cannot be reached'],
    },
  ];
}

function unlisted(
  list: 'nodes' | 'services' | 'tasks',
  how: string,
  reply: Reply,
  says: (string | RegExp)[],
): Case {
  return {
    id: `${list}-${how}`,
    title: `a manager's /${list} ${TITLES[how]}, while all else answers`,
    source: how === 'hang' ? 'https://github.com/moby/moby/issues/31839' : 'ours',
    ...ALONE,
    lay: lie(`/${list}`, reply),
    expect: expectUnlisted(list, says),
    // That it is well without is what the last case's control shows for all of them.
    control: null,
  };
}

const TITLES: Readonly<Record<string, string>> = {
  broken: 'begins to answer 500',
  hang: 'never answers any more',
  empty: 'is empty from a moment on',
  nonsense: 'lists what Docker never writes',
};

const NONSENSE: Reply = { status: 200, body: [{ a: 1 }, 7, null] };

/**
 * A manager that answers, and whose lists cannot be what it has: nothing of what was known of them stays green. One of each
 * kind; units of `watch/manager` have every list in every way.
 */
export const CASES: Case[] = [
  unlisted('services', 'broken', BROKEN, ['answers /services with 500', 'something new']),
  unlisted('services', 'empty', () => [], ['answers /services with no service', '2 of the tasks']),
  unlisted('services', 'nonsense', NONSENSE, ['none of its 3 entries']),
  unlisted('tasks', 'hang', 'hang', ['did not answer /tasks in full']),
  unlisted('tasks', 'empty', () => [], ['answers /tasks with no task', '1 of its services']),
  unlisted('nodes', 'empty', () => [], ['answers /nodes with no node, not even its own']),
  {
    id: 'nodes-empty-at-the-start',
    title: 'a manager lists no node when the server starts',
    source: 'ours',
    ...ALONE,
    lay: lie('/nodes', () => [], true),
    expect: {
      swarm: true,
      verdict: 'unknown',
      says: ['not even its own', '"sentence": "A manager answers, and does not list its nodes'],
      never: ['Waiting for the first answer'],
    },
    control: null,
  },
  {
    id: 'unlisted-for-long',
    title:
      'half a minute later no service is green by what was listed before, and its replicas are as live as ever',
    source: 'ours',
    ...ALONE,
    lay: lie('/tasks', BROKEN),
    expect: { code: 503, verdict: 'unknown', status: 'healthy', says: ['No manager has listed its tasks'] },
    control: [...WELL_ALONE],
  },
  {
    id: 'networks-broken',
    title: 'a manager can no longer list its networks: nothing else suffers, and it is said',
    source: 'ours',
    ...ALONE,
    lay: lie('/networks', BROKEN, true),
    expect: [
      { code: 200, verdict: 'healthy' },
      {
        swarm: true,
        verdict: 'healthy',
        cause: 'networks-unlisted',
        level: 'notice',
        says: ['networks cannot be listed', 'answers /networks with 500'],
      },
    ],
    control: [{ code: 200 }, { swarm: true, never: ['networks-unlisted'] }],
  },
  {
    id: 'second-manager-lists',
    title: 'one manager does not list its services, and another one does',
    source: 'https://github.com/moby/moby/issues/31839',
    ownSwarm: { managers: 3 },
    lay: lie('/services', BROKEN),
    expect: [{ code: 200, verdict: 'healthy', isWell: true }],
    control: [{ code: 200, isWell: true }],
  },
];
