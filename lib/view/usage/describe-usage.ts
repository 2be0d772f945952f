import type { Finding } from '#lib/model/contract/finding.ts';
import type { Usage } from '#lib/model/contract/usage.ts';
import { formatBytes, formatBytesOf, formatCores, formatPercent } from '#lib/view/format/amounts.ts';
import * as words from '#words/pages/usage.ts';

/** One measure, as a row or a cell shows it. */
export interface Measure {
  /** `497`, `0.98`; what is not known is said in words. */
  used: string;
  /** ` of 512 MiB`; empty where there is no limit. */
  of: string;
  /** How much of the limit, 0 to 1; `null`: no limit, or not known. */
  share: number | null;
  /** `97 %`, `throttled 40 %`; `null`: nothing to add. */
  note: string | null;
  /** A finding speaks of it: only then it has a colour. */
  isMarked: boolean;
}

const has = (findings: readonly Finding[], cause: Finding['cause']) =>
  findings.some((finding) => finding.cause === cause);

const UNKNOWN: Measure = { used: words.notKnown, of: '', share: null, note: null, isMarked: false };

export function describeMemory(
  { memoryBytes, memoryMaxBytes }: Pick<Usage, 'memoryBytes' | 'memoryMaxBytes'>,
  findings: readonly Finding[],
): Measure {
  if (memoryBytes === null) return UNKNOWN;
  if (memoryMaxBytes === null) return { ...UNKNOWN, used: formatBytes(memoryBytes) };
  const [used, max] = formatBytesOf(memoryBytes, memoryMaxBytes);
  const share = memoryBytes / memoryMaxBytes;
  const note = `${formatPercent(share)} %`;
  return { used, of: max, share, note, isMarked: has(findings, 'memory-near-limit') };
}

export function describeCpu(
  { cpuCores, cpuMaxCores, throttled }: Pick<Usage, 'cpuCores' | 'cpuMaxCores' | 'throttled'>,
  findings: readonly Finding[],
): Measure {
  if (cpuCores === null) return UNKNOWN;
  if (cpuMaxCores === null) return { ...UNKNOWN, used: words.cores(formatCores(cpuCores)) };
  const share = cpuCores / cpuMaxCores;
  const isMarked = has(findings, 'cpu-throttled');
  const isHeld = throttled !== null && (isMarked || throttled >= 0.05);
  return {
    used: formatCores(cpuCores),
    of: words.cores(formatCores(cpuMaxCores)),
    share,
    note: isHeld ? words.throttled(formatPercent(throttled)) : `${formatPercent(share)} %`,
    isMarked,
  };
}

export function describeProcesses(
  { pids, pidsMax }: Pick<Usage, 'pids' | 'pidsMax'>,
  findings: readonly Finding[],
): Measure {
  if (pids === null) return UNKNOWN;
  if (pidsMax === null) return { ...UNKNOWN, used: String(pids) };
  const share = pids / pidsMax;
  return {
    used: String(pids),
    of: String(pidsMax),
    share,
    note: `${formatPercent(share)} %`,
    isMarked: has(findings, 'pids-near-limit'),
  };
}

/** `in 412 KiB/s, out 1.1 MiB/s`. */
export function describeNetwork({ network }: Pick<Usage, 'network'>): string {
  if (network === null) return words.notKnown;
  return words.traffic(formatBytes(network.inPerSecond), formatBytes(network.outPerSecond));
}

export function describeDisk({ disk }: Pick<Usage, 'disk'>): string {
  if (disk === null) return words.notKnown;
  return words.diskTraffic(formatBytes(disk.inPerSecond), formatBytes(disk.outPerSecond));
}
