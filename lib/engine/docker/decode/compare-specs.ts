import type { HiddenChanges, NameChanges } from '#lib/model/docker/spec-change.ts';
import { MASK, MAX_MASKED_CHARS } from '#lib/model/text/masking/mask-secrets.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
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
    const toName = field === 'env' ? toVariableName : (name: string) => name;
    names[field] = compareNames(before.named[field], after.named[field], toName);
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

/** With its sign: a text without one, or with no name before it, may be a value that somebody put there. */
function splitVariable(variable: string): [string, string] {
  const at = variable.indexOf('=') + 1;
  return at === 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at)];
}

const toVariableName = (name: string) => (/^[\w.-]{1,256}=$/.test(name) ? name.slice(0, -1) : MASK);

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

function compareNames(before: Named, after: Named, toName: (name: string) => string): NameChanges {
  const all = [...after.keys()];
  const show = (names: string[]) => toShown(names.map(toName));
  return {
    added: show(all.filter((name) => !before.has(name))),
    removed: show([...before.keys()].filter((name) => !after.has(name))),
    changed: show(all.filter((name) => before.has(name) && before.get(name) !== after.get(name))),
  };
}

const toShown = (names: string[]): string[] =>
  [...new Set(names)]
    .sort()
    .slice(0, MAX_NAMES)
    // Masked before it is cut: half a secret is not known for one.
    .map((name) => maskText(toVisibleName(name.slice(0, MAX_MASKED_CHARS))).slice(0, MAX_NAME_CHARS));
