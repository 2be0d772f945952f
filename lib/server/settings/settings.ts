import { DEFAULT_PROBE_LINE, MAX_IN_ROW, PROBE_WINDOW } from '#lib/model/docker/probe-line.ts';

/** How a setting is written. */
export type SettingKind =
  | { kind: 'text' }
  /** Several, separated by commas or blanks. */
  | { kind: 'list' }
  /** Whatever it is set to. */
  | { kind: 'flag' }
  | { kind: 'port' }
  /** A whole number. */
  | { kind: 'count'; min: number; max: number }
  | { kind: 'choice'; of: readonly string[] };

/** Who reads a setting: the server, an agent, or `npm start` before it starts the server. */
export type SettingReader = 'server' | 'agent' | 'start';

export type SettingGroup = 'engines' | 'history' | 'outlets' | 'place' | 'access';

export interface Setting {
  is: SettingKind;
  group: SettingGroup;
  readBy: readonly SettingReader[];
  /** It holds a secret: `X_FILE` may name a file with it instead. */
  secret?: true;
  /** What counts when it is not set; without: nothing does. */
  unset?: string;
  /** The same in words, where it depends on something or is nothing that could be set. */
  unsetInWords?: string;
  /** What it means, in Markdown, on one line. */
  help: string;
  /** The same for an agent, where that differs. */
  agentHelp?: string;
  /** Set by `npm start` and by the image for the server that they start, never by hand. */
  internal?: true;
}

const text = { kind: 'text' } as const;
const list = { kind: 'list' } as const;
const port = { kind: 'port' } as const;
const server = ['server'] as const;
const agent = ['agent'] as const;
const both = ['server', 'agent'] as const;

/**
 * Every setting there is: an environment variable each. What reads them, `--help` and docs/configuration.md come from
 * here. What a value means beyond its kind is decided by who reads it (`parseConfig`, `parseAccess`, …).
 */
export const SETTINGS = {
  DOCKER_HOST: {
    is: text,
    group: 'engines',
    readBy: both,
    unset: 'unix:///var/run/docker.sock',
    help: "a manager's endpoint: `unix:///path`, `tcp://host:port`, `https://host:port`, `ssh://user@host`",
    agentHelp: 'its engine: `unix:///path` or `tcp://host:port`',
  },
  DOCKER_CERT_PATH: {
    is: text,
    group: 'engines',
    readBy: server,
    help: 'folder with `ca.pem`, `cert.pem` and `key.pem`, for TLS to managers and engines',
  },
  DOCKER_TLS_VERIFY: {
    is: { kind: 'flag' },
    group: 'engines',
    readBy: server,
    help: "when set, the engines' certificates are verified",
  },
  VITALS_MANAGERS: {
    is: list,
    group: 'engines',
    readBy: server,
    help: "several managers' endpoints, comma separated, instead of `DOCKER_HOST`; when one stops answering or stops being a manager the next takes over",
  },
  VITALS_ENGINES: {
    is: list,
    group: 'engines',
    readBy: server,
    unsetInWords: "the managers' own engines; replicas elsewhere are unknown",
    help: 'endpoints of engines, comma separated, or one pattern with `{addr}` and `{hostname}` of each node, such as `tcp://{addr}:2375`',
  },
  VITALS_SWARMS: {
    is: list,
    group: 'engines',
    readBy: server,
    help: 'makes this server a relay, which reads no Docker but another server: `prod=https://vitals.example`, what the swarm is called here and the address of the server that reads it. Several, separated by commas, are shown together, each with its own pages below `/swarms/prod`; at most 50 ([relay.md](relay.md))',
  },
  VITALS_SWARMS_TOKENS: {
    is: text,
    group: 'engines',
    readBy: server,
    secret: true,
    help: 'what opens that server: `prod=TOKEN`, the `VITALS_API_TOKEN` there; of several one a line. Never in an address',
  },
  VITALS_SWARMS_CA: {
    is: text,
    group: 'engines',
    readBy: server,
    unsetInWords: 'those that Node knows',
    help: 'a file with the certificate of the authority that its certificate comes from (PEM)',
  },
  VITALS_AGENT_SERVICE: {
    is: text,
    group: 'engines',
    readBy: server,
    help: "name of the service whose tasks are the agents, one on each node, instead of `VITALS_ENGINES`. Found through the manager's task list, so a node without an agent is named, with the reason",
  },
  VITALS_AGENT_SECRET: {
    is: text,
    group: 'engines',
    readBy: both,
    secret: true,
    help: "the agents' secret, 32 characters or more (`openssl rand -hex 32`). Both sides prove it, it is not sent, and it encrypts what they say",
  },
  VITALS_AGENT_PORT: {
    is: port,
    group: 'engines',
    readBy: both,
    unset: '9501',
    help: 'where the agents listen',
  },
  VITALS_AGENT_CA: {
    is: text,
    group: 'engines',
    readBy: server,
    unsetInWords: 'none: the secret encrypts',
    help: "the certificate of the authority that the agents' come from, when they have certificates",
  },
  VITALS_AGENT_HOST: {
    is: text,
    group: 'engines',
    readBy: agent,
    unset: '::',
    unsetInWords: 'all',
    help: 'the address that the agent listens at',
  },
  VITALS_AGENT_CERT_PATH: {
    is: text,
    group: 'engines',
    readBy: agent,
    unsetInWords: 'none: the secret encrypts',
    help: 'folder with `cert.pem` and `key.pem`, to encrypt with instead of the secret, which is asked for then',
  },
  VITALS_LOGS: {
    is: { kind: 'choice', of: ['on', 'off'] },
    group: 'engines',
    readBy: both,
    unset: 'on',
    help: '`off`: container logs are neither read nor shown',
    agentHelp: '`off`: it gives no container logs',
  },
  VITALS_CHECKS: {
    is: { kind: 'choice', of: ['on', 'off'] },
    group: 'engines',
    readBy: ['server', 'agent', 'start'],
    unset: 'off',
    agentHelp:
      '`on`: it connects to published ports on nodes, of those that its own engine lists, when the server asks, and says which answer from there (docs/checks.md)',
    help: '`on`: this server connects to the published TCP ports of services and to those that Swarm needs, on the addresses of nodes that the managers list, and says where they do not answer (docs/checks.md). Agents that are told the same are asked what answers from their nodes',
  },
  VITALS_USAGE: {
    is: { kind: 'choice', of: ['on', 'off'] },
    group: 'engines',
    readBy: both,
    unset: 'on',
    help: 'what containers use (memory, CPU, processes) is read: of those that somebody looks at, and of those with a limit or a problem, within a hundredth of a core of each engine; `off`: of none',
    agentHelp: '`off`: it does not answer what containers use',
  },
  VITALS_PLAIN_CONTAINERS: {
    is: { kind: 'choice', of: ['on', 'off'] },
    group: 'engines',
    readBy: both,
    unset: 'off',
    help: "`on`: a node's page shows what `docker ps` shows there besides Swarm's containers: name, image, ports, health and probes. Read while somebody looks, in no service's counts; agents have to be told the same",
    agentHelp: '`on`: it tells of containers that Swarm did not make, too',
  },
  VITALS_MASK: {
    is: text,
    group: 'engines',
    readBy: both,
    secret: true,
    unsetInWords: 'the obvious secrets alone',
    help: 'what is masked besides the obvious secrets: regular expressions, separated by `;;`, in a file one a line; `off`: nothing is masked',
    agentHelp: 'what it masks besides the obvious secrets in what it answers: the same as at the server',
  },
  VITALS_NAME: {
    is: text,
    group: 'place',
    readBy: server,
    unsetInWords: "the swarm's own, which Docker calls `default`",
    help: 'what this swarm is called on pages, walls, in tabs, metrics and messages; at most 60 characters',
  },
  VITALS_DEMO: {
    is: { kind: 'choice', of: ['0', '1'] },
    group: 'engines',
    readBy: ['server', 'start'],
    unsetInWords: 'when no endpoint is set and there is no Docker at the default path',
    help: '`1`: `npm start` shows the demo swarm, whatever else is set; `0`: never',
  },
  VITALS_DATA: {
    is: text,
    group: 'history',
    readBy: server,
    unsetInWords: 'none: kept in memory, a restart forgets it',
    help: 'folder of the history, of the list of signed-out sessions and of what the webhook told, made when it is not there; of one Swarm Vitals alone',
  },
  VITALS_DATABASE_URL: {
    is: text,
    group: 'history',
    readBy: server,
    secret: true,
    help: 'keeps the history in PostgreSQL (14 or newer) instead: `postgres://user:password@host:5432/database`, a database of one swarm alone, for all of its servers. TLS with a certificate of that name is the default, but for this machine; other ways are said by `?sslmode=` `disable`, `require`, `verify-ca` or `verify-full`, an authority of your own by `&sslrootcert=` its file. What happens while it cannot be reached waits in `VITALS_DATA`',
  },
  VITALS_HISTORY_DAYS: {
    is: { kind: 'count', min: 1, max: 3_650 },
    group: 'history',
    readBy: server,
    unset: '8',
    help: 'how far back the history goes; incidents, and the sums that reports are made of, 92 days further',
  },
  VITALS_HISTORY_MB: {
    is: { kind: 'count', min: 16, max: 1_000_000 },
    group: 'history',
    readBy: server,
    unsetInWords: '`1024`; in memory `64`',
    help: 'about how much it takes; whichever is reached first, the oldest goes. In PostgreSQL the days alone count',
  },
  VITALS_FAILING: {
    is: { kind: 'count', min: 1, max: MAX_IN_ROW },
    group: 'outlets',
    readBy: server,
    unset: String(DEFAULT_PROBE_LINE.inRow),
    help: 'from so many failed probes in a row on, a replica is a problem; at the latest from the last one that its check allows. Before that it is watched: its streak is shown, and nobody is called. A service says it for itself by its label `vitals.failing` (docs/concepts.md)',
  },
  VITALS_FLAPPING: {
    is: { kind: 'count', min: 0, max: PROBE_WINDOW },
    group: 'outlets',
    readBy: server,
    unset: String(DEFAULT_PROBE_LINE.flapping),
    help: 'from so many failed of its last 60 probes on, in a row or not, a replica flaps, which is a problem; `0`: never. A service says it for itself by its label `vitals.flapping`',
  },
  VITALS_WEBHOOK_URL: {
    is: text,
    group: 'outlets',
    readBy: server,
    secret: true,
    help: 'gets a POST when a verdict changes',
  },
  VITALS_WEBHOOK_SECRET: {
    is: text,
    group: 'outlets',
    readBy: server,
    secret: true,
    help: 'signs what is sent there; 16 characters or more',
  },
  VITALS_WEBHOOK_HOLD: {
    is: { kind: 'count', min: 0, max: 3_600 },
    group: 'outlets',
    readBy: server,
    unset: '10',
    help: 'seconds that a verdict must hold before it is sent',
  },
  VITALS_WEBHOOK_CALM: {
    is: { kind: 'count', min: 0, max: 3_600 },
    group: 'outlets',
    readBy: server,
    unset: '300',
    help: 'seconds that it must hold where a problem is milder than was sent, or one that came again within an hour is over',
  },
  VITALS_PUBLIC_URL: {
    is: text,
    group: 'outlets',
    readBy: server,
    help: 'where people reach this server, for links: `https://vitals.example.com`',
  },
  HOSTNAME: {
    is: text,
    group: 'place',
    readBy: server,
    unsetInWords: "`127.0.0.1`; the image's `0.0.0.0`",
    help: 'the address to listen at; anywhere but on loopback it wants to know who may come in (Access)',
  },
  PORT: {
    is: port,
    group: 'place',
    readBy: server,
    unset: '3000',
    help: 'where to listen',
  },
  VITALS_BASE_PATH: {
    is: text,
    group: 'place',
    readBy: server,
    help: 'the path that it is served below, such as `/swarm`, where a host name is shared with other sites',
  },
  VITALS_AUTH: {
    is: { kind: 'choice', of: ['password', 'oidc', 'proxy', 'none'] },
    group: 'access',
    readBy: server,
    unsetInWords: '`password` on a network, `none` on loopback',
    help: '`password`, `oidc` (a provider of OpenID Connect, such as Keycloak, Authentik, Dex, Entra ID or Google), `proxy` (one that signs people in), or `none`: open to everybody who reaches it, which must be said',
  },
  VITALS_PASSWORD: {
    is: text,
    group: 'access',
    readBy: server,
    secret: true,
    help: 'the password. Wrong ones are slowed down, for each browser in which somebody signed in before, and for each address for all others; sessions last 7 days in a sealed cookie, and end with Sign out or another password',
  },
  VITALS_PASSWORD_HASH: {
    is: text,
    group: 'access',
    readBy: server,
    secret: true,
    help: 'what `npm start -- --hash-password` makes of the password, instead of it',
  },
  VITALS_OIDC_ISSUER: {
    is: text,
    group: 'access',
    readBy: server,
    help: "with `VITALS_AUTH=oidc`: the provider's identifier, such as `https://id.example.com/realms/ops`; below it is `/.well-known/openid-configuration`. It sends people back to `/login/callback` below `VITALS_PUBLIC_URL`",
  },
  VITALS_OIDC_CLIENT_ID: {
    is: text,
    group: 'access',
    readBy: server,
    help: 'the name under which the provider knows this server',
  },
  VITALS_OIDC_CLIENT_SECRET: {
    is: text,
    group: 'access',
    readBy: server,
    secret: true,
    help: 'what it proves itself with there, and what cookies are sealed with: 16 characters or more. Without: a public client, and sessions are of one server alone and end with its restart',
  },
  VITALS_OIDC_SCOPE: {
    is: text,
    group: 'access',
    readBy: server,
    unset: 'openid profile',
    help: 'what is asked for; some providers want `groups` in it',
  },
  VITALS_OIDC_GROUPS: {
    is: text,
    group: 'access',
    readBy: server,
    help: 'whoever is in one of these is let in, separated by commas; `*`: whoever the provider signs in, which must be said',
  },
  VITALS_OIDC_GROUPS_CLAIM: {
    is: text,
    group: 'access',
    readBy: server,
    unset: 'groups',
    help: 'the claim with the groups, in the ID token or in what the provider answers about a user; with dots a claim within claims, such as `realm_access.roles`',
  },
  VITALS_OIDC_MINUTES: {
    is: { kind: 'count', min: 1, max: 10_080 },
    group: 'access',
    readBy: server,
    unset: '60',
    help: "how long somebody stays signed in at least; longer where the provider's tokens last longer. So long somebody may be let in whom the provider would not let in any more, and so long nobody needs a provider that is gone",
  },
  VITALS_TRUSTED_PROXIES: {
    is: list,
    group: 'access',
    readBy: server,
    help: 'addresses and networks of reverse proxies, such as `10.0.7.0/24`: only from there do `X-Forwarded-*` and `VITALS_AUTH_HEADER` count. With a `!` also where Docker gives such an address to every client (docs/reverse-proxy.md)',
  },
  VITALS_AUTH_HEADER: {
    is: text,
    group: 'access',
    readBy: server,
    unset: 'x-forwarded-user',
    help: 'with `VITALS_AUTH=proxy`: the header in which a trusted proxy names who somebody is',
  },
  VITALS_AUTH_GROUPS_HEADER: {
    is: text,
    group: 'access',
    readBy: server,
    help: 'with `VITALS_AUTH=proxy` and groups in `VITALS_GRANTS`: the header in which a trusted proxy says in which groups somebody is, such as `X-Forwarded-Groups`. The proxy has to write it over whatever a browser sends',
  },
  VITALS_AUTH_GROUPS_SPLIT: {
    is: { kind: 'choice', of: ['comma', 'pipe', 'semicolon'] },
    group: 'access',
    readBy: server,
    unset: 'comma',
    help: 'what stands between two groups there: `comma` (oauth2-proxy, Authelia), `pipe` (authentik) or `semicolon`. A group that has it in its name is taken for two',
  },
  VITALS_GRANTS: {
    is: text,
    group: 'access',
    readBy: server,
    unsetInWords: 'whoever is let in sees everything',
    help: 'what each group may see: `group=role`, or `group=role:stack:NAME,stack:NAME` for some stacks (`*` in a name stands for any characters), with `;` between them; of several swarms `swarm:NAME` for one, or `swarm:NAME/stack:NAME`; the group `*` is everybody who is let in, and the only one with a password. `viewer`: statuses and sentences; `operator`: outputs, logs and check commands, too; `admin`: the same, and whatever can be changed, which is nothing yet. Who is in several groups sees what any of them may. Such as `ops=admin; dev=operator:stack:shop*; *=viewer`',
  },
  VITALS_API_TOKEN: {
    is: text,
    group: 'access',
    readBy: server,
    secret: true,
    help: 'opens the API and the metrics to other programs, as `Authorization: Bearer …`; the password as `Basic` does too',
  },
  VITALS_WALL_TOKENS: {
    is: list,
    group: 'access',
    readBy: server,
    help: 'each opens `/wall?token=…` and what the wall draws, on one screen, and nothing else',
  },
  VITALS_WALL_TOKENS_FILE: {
    is: text,
    group: 'access',
    readBy: server,
    help: 'the same, one a line; read again when it changes: taking a line out revokes the token. `TOKEN stacks=shop,ml` opens these stacks alone, `TOKEN swarms=prod` of several swarms this one; a line that says anything else behind its token opens nothing, and the log says which',
  },
  VITALS_PEERS: {
    is: text,
    group: 'access',
    readBy: server,
    help: 'a host name that leads to all servers, when there are several, such as `tasks.vitals_server`: Sign out then holds for all of them',
  },
  VITALS_HOSTS: {
    is: list,
    group: 'access',
    readBy: server,
    unsetInWords: 'on loopback, or open to everybody: addresses and `localhost` alone; else any',
    help: 'host names that it answers to (against DNS rebinding)',
  },
  VITALS_FRAME_ANCESTORS: {
    is: list,
    group: 'access',
    readBy: server,
    unsetInWords: 'none',
    help: 'origins whose pages may show it in a frame',
  },
  VITALS_BUILD: {
    is: text,
    group: 'place',
    readBy: server,
    internal: true,
    help: 'which build of the pages this is',
  },
  VITALS_DEMO_ACTIVE: {
    is: { kind: 'choice', of: ['1'] },
    group: 'engines',
    readBy: server,
    internal: true,
    help: 'the endpoints lead to the demo swarm',
  },
  VITALS_DEMO_PAST: {
    is: text,
    group: 'engines',
    readBy: server,
    internal: true,
    help: 'where the history of the demo swarm from before the start will lie',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** The rows, with their names. */
export const ALL_SETTINGS = Object.entries(SETTINGS) as unknown as readonly [SettingName, Setting][];
