import type { HiddenChanges, NameChanges } from '#lib/model/docker/spec-change.ts';
import { readList, readName, readObject, readText, readTexts } from './raw.ts';

/** Names and what stands behind them, as text to compare: it is dropped with the answer that it came in. */
type Named = ReadonlyMap<string, string>;

/**
 * What differs between two specs of a service where values may be secret: which names came, went or have another value,
 * and whether the command is another one. No value leaves this function.
 */
export function compareSpecs(rawBefore: unknown, rawAfter: unknown): HiddenChanges {
  const [before, after] = [readSecret(rawBefore), readSecret(rawAfter)];
  const names: HiddenChanges['names'] = {};
  for (const field of Object.keys(after.named) as (keyof typeof after.named)[]) {
    names[field] = compareNames(before.named[field], after.named[field]);
  }
  return {
    command: before.command !== after.command,
    checkCommand: before.checkCommand !== after.checkCommand,
    any: toText(rawBefore) !== toText(rawAfter),
    names,
  };
}

const toText = (value: unknown) => JSON.stringify(value) ?? '';

function readSecret(raw: unknown) {
  const spec = readObject(raw);
  const template = readObject(spec.TaskTemplate);
  const container = readObject(template.ContainerSpec);
  // Older clients write networks beside the template (moby `daemon/cluster/convert/service.go`).
  const networks = readList(template.Networks).length > 0 ? template.Networks : spec.Networks;
  return {
    command: toText([container.Command ?? null, container.Args ?? null, container.Dir ?? null]),
    checkCommand: toText(readTexts(readObject(container.Healthcheck).Test)),
    named: {
      env: new Map(readTexts(container.Env).map(splitVariable)),
      serviceLabels: fromObject(spec.Labels),
      containerLabels: fromObject(container.Labels),
      mounts: fromList(
        container.Mounts,
        ({ Target, Type }) => `${readText(Target) ?? '?'} (${readText(Type) ?? 'volume'})`,
      ),
      secrets: fromList(
        container.Secrets,
        ({ SecretName, SecretID }) => readName(SecretName) ?? readName(SecretID) ?? '?',
      ),
      configs: fromList(
        container.Configs,
        ({ ConfigName, ConfigID }) => readName(ConfigName) ?? readName(ConfigID) ?? '?',
      ),
      networks: fromList(networks, ({ Target }) => (readText(Target) ?? '?').slice(0, 12)),
      ports: fromList(readObject(spec.EndpointSpec).Ports, toPortName),
    },
  };
}

function splitVariable(variable: string): [string, string] {
  const at = variable.indexOf('=');
  return at === -1 ? [variable, ''] : [variable.slice(0, at), variable.slice(at)];
}

function fromObject(raw: unknown): Named {
  return new Map(Object.entries(readObject(raw)).map(([name, value]) => [name, toText(value)]));
}

function fromList(raw: unknown, toName: (item: ReturnType<typeof readObject>) => string): Named {
  return new Map(readList(raw).map((item) => [toName(readObject(item)), toText(item)]));
}

function toPortName({
  PublishedPort,
  TargetPort,
  Protocol,
  PublishMode,
}: ReturnType<typeof readObject>): string {
  const published = typeof PublishedPort === 'number' && PublishedPort > 0 ? PublishedPort : 'any';
  const host = PublishMode === 'host' ? ', host' : '';
  return `${published}→${typeof TargetPort === 'number' ? TargetPort : '?'}/${readText(Protocol) ?? 'tcp'}${host}`;
}

/** More than a person reads: of what is longer, so many are kept. */
const MAX_NAMES = 100;
const MAX_NAME_CHARS = 256;

function compareNames(before: Named, after: Named): NameChanges {
  const all = [...after.keys()];
  return {
    added: toShown(all.filter((name) => !before.has(name))),
    removed: toShown([...before.keys()].filter((name) => !after.has(name))),
    changed: toShown(all.filter((name) => before.has(name) && before.get(name) !== after.get(name))),
  };
}

const toShown = (names: string[]): string[] =>
  names
    .sort()
    .slice(0, MAX_NAMES)
    .map((name) => name.slice(0, MAX_NAME_CHARS));
