import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresImage } from '#e2e/lab/build-postgres-image.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { root } from './root.ts';

/** What a lab's kernel lacks, taken out of stack.yml: the routing mesh. */
const WITHOUT: [string, string][] = [['mode: ingress', 'mode: host']];

export interface StackSecrets {
  agentSecret: string;
  password: string;
}

/** Deploys the real stack.yml as the stack `vitals`, as its first lines say. */
export async function deployStack(lab: Lab, folder: string, secrets: StackSecrets): Promise<void> {
  await deploy(lab, writeStack(folder, secrets));
}

/** The database of a stack with several servers, and who is told. */
export interface StackDatabase {
  image: PostgresImage;
  /** The node that it lives on. */
  hostname: string;
  webhook: string;
}

/** What is added to stack.yml and stack.postgres.yml: a database within the swarm, and a network to reach it by. */
const toDatabaseFile = ({ image, hostname, webhook }: StackDatabase) => `version: "3.8"
services:
  server:
    networks: [agents, database]
    environment: { VITALS_WEBHOOK_URL: "${webhook}", VITALS_WEBHOOK_HOLD: "2", VITALS_WEBHOOK_CALM: "2" }
  database:
    image: ${image.tag}
    networks: [database]
    ports: [{ target: 5432, published: 5432, mode: host }]
    deploy: { endpoint_mode: dnsrr, placement: { constraints: [node.hostname == ${hostname}] } }
networks:
  database:
`;

/** The same with the real stack.postgres.yml: two servers, and PostgreSQL beside them. One command. */
export async function deployServers(
  lab: Lab,
  folder: string,
  secrets: StackSecrets,
  database: StackDatabase,
): Promise<void> {
  const files = writeStack(folder, secrets);
  const { user, password } = database.image;
  copyFileSync(join(root, 'stack.postgres.yml'), join(folder, 'stack.postgres.yml'));
  writeFileSync(
    join(folder, 'vitals-database.secret'),
    `postgres://${user}:${password}@database:5432/postgres?sslmode=disable`,
  );
  writeFileSync(join(folder, 'database.yml'), toDatabaseFile(database));
  await deploy(lab, [...files, join(folder, 'stack.postgres.yml'), join(folder, 'database.yml')]);
}

function writeStack(folder: string, { agentSecret, password }: StackSecrets): string[] {
  let text = readFileSync(join(root, 'stack.yml'), 'utf8');
  for (const [from, to] of WITHOUT) {
    if (!text.includes(from)) throw new Error(`stack.yml has no ${JSON.stringify(from)} to take out.`);
    text = text.replace(from, to);
  }
  writeFileSync(join(folder, 'stack.yml'), text);
  writeFileSync(join(folder, 'vitals-agent.secret'), `${agentSecret}\n`);
  writeFileSync(join(folder, 'vitals-password.secret'), password);
  return [join(folder, 'stack.yml')];
}

/** Relative paths in the files are the folder's own. */
async function deploy({ manager }: Lab, files: readonly string[]): Promise<void> {
  const named = files.flatMap((file) => ['-c', file]);
  await manager.docker('stack', 'deploy', '--resolve-image', 'never', ...named, 'vitals');
}
