/** Tells when this process was not let run by others on the machine: what it saw then says nothing of the product. */
export interface StarvationWatch {
  /** Was it so within the last `ms`? */
  wasStarved(ms: number): boolean;
  /** All of it together, milliseconds. */
  totalMs(): number;
  close(): void;
}

const TICK_MS = 100;
/** The product gives an answer 1 s, and a proxy in this process needs some turns for each. */
const LATE_MS = 300;
/** What is late by its own work is the product's fault, or the test's. */
const OWN_SHARE = 0.5;

export function createStarvationWatch(): StarvationWatch {
  let lastMs = Date.now();
  let lastCpu = process.cpuUsage();
  let starvedMs = Number.NEGATIVE_INFINITY;
  let totalMs = 0;
  const timer = setInterval(() => {
    const nowMs = Date.now();
    const lateMs = nowMs - lastMs - TICK_MS;
    const cpu = process.cpuUsage(lastCpu);
    if (lateMs > LATE_MS && (cpu.user + cpu.system) / 1_000 < OWN_SHARE * (nowMs - lastMs)) {
      starvedMs = nowMs;
      totalMs += lateMs;
    }
    lastMs = nowMs;
    lastCpu = process.cpuUsage();
  }, TICK_MS);
  return {
    wasStarved: (ms) => Date.now() - starvedMs < ms,
    totalMs: () => totalMs,
    close: () => clearInterval(timer),
  };
}
