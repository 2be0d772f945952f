import type { Finding } from '#lib/model/contract/finding.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Expected } from './case.ts';

/** What the server says, at one moment. */
export interface EventText {
  picture: SwarmPicture;
  /** Of `GET /api/status/SERVICE`. */
  code(service: string): Promise<number>;
}

/** All that is not as expected, in sentences; empty when all of it is. */
export async function checkExpected(expected: Expected, name: string, output: EventText): Promise<string[]> {
  const subject = findSubject(expected, name, output.picture);
  if (subject === null) {
    if (expected.code !== 404) return [`there is no ${expected.node ?? expected.service ?? name}`];
    const code = await output.code(expected.service ?? name);
    return code === 404 ? [] : [`/api/status answers ${code}, not 404`];
  }
  const { what, value, service, findings } = subject;
  const wrong: string[] = [];
  const is = (label: string, actual: unknown, wanted: unknown) => {
    if (wanted !== undefined && JSON.stringify(actual) !== JSON.stringify(wanted))
      wrong.push(`${label} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
  };
  if (service !== null) {
    if (expected.code !== undefined) is('/api/status', await output.code(service.name), expected.code);
    const replicas = service.replicas.filter(({ key }) => key === (expected.replica ?? key));
    if (expected.status !== undefined && replicas.length === 0) wrong.push('there is no such replica');
    for (const { key, status } of replicas) is(`status of ${service.name}.${key}`, status, expected.status);
    is('counts', [service.running, service.desired], expected.counts);
  }
  is('verdict', (value as { verdict?: string }).verdict, expected.verdict);
  for (const [path, wanted] of Object.entries(expected.has ?? {})) is(path, readPath(value, path), wanted);

  const problems = findings.filter(({ level }) => level === 'problem');
  if (expected.isWell && problems.length > 0)
    wrong.push(
      `there are problems: ${problems.map(({ cause, sentence }) => `${cause} (${sentence})`).join(' · ')}`,
    );
  const found =
    expected.cause === undefined && expected.level === undefined
      ? null
      : findings.find(
          ({ cause, level }) =>
            cause === (expected.cause ?? cause) && (expected.cause !== undefined || level === expected.level),
        );
  if (found === undefined)
    wrong.push(
      `no finding is ${expected.cause ?? expected.level}: ${findings.map(({ cause }) => cause).join(', ') || 'there is none'}`,
    );
  if (found) {
    is('level', found.level, expected.level);
    is('because', found.because?.cause ?? null, expected.because);
  }
  const text = found ? toText(found) : JSON.stringify(value, null, 1);
  const said = findings.map(({ cause, sentence, hint }) => `${cause}: ${sentence} ${hint ?? ''}`).join(' · ');
  for (const words of expected.says ?? [])
    if (!matches(text, words)) wrong.push(`it does not say ${words}: ${found ? text : said}`);
  const all = JSON.stringify(value);
  for (const words of expected.never ?? []) if (matches(all, words)) wrong.push(`it says ${words}: ${said}`);
  return wrong.map((text) => `${what}: ${text}`);
}

interface Subject {
  what: string;
  value: object;
  service: ServicePicture | null;
  findings: readonly Finding[];
}

function findSubject(expected: Expected, name: string, picture: SwarmPicture): Subject | null {
  if (expected.swarm) {
    const { nodes: _nodes, services: _services, ...head } = picture;
    return { what: 'the swarm', value: head, service: null, findings: picture.findings };
  }
  if (expected.node !== undefined) {
    const node = picture.nodes.find(({ hostname }) => hostname === expected.node);
    return node ? { what: expected.node, value: node, service: null, findings: node.findings } : null;
  }
  const service = picture.services.find((one) => one.name === (expected.service ?? name));
  if (service === undefined) return null;
  const replica = service.replicas.find(({ key }) => key === expected.replica);
  const findings = [...service.findings, ...service.replicas.flatMap((one) => one.findings)];
  return {
    what: replica ? `${service.name}.${replica.key}` : service.name,
    value: replica ?? service,
    service,
    findings: replica?.findings ?? findings,
  };
}

function toText({ sentence, hint, evidence }: Finding): string {
  return [sentence, hint, evidence?.label, evidence?.text].filter((part) => part != null).join('\n');
}

function matches(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}

function readPath(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);
}
