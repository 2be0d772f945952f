import type { Bend } from '#e2e/support/proxies/start-get-proxy.ts';

const TIME = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)"/g;

/** Makes an engine's answers those of one whose clock is `byMs` ahead of ours. */
export function shiftClock(byMs: number): Bend {
  return {
    body: (text) =>
      shiftTimes(text, byMs).replace(/"(time|timeNano)":(\d+)/g, (_, name: string, digits: string) => {
        const perMs = name === 'time' ? 0.001 : 1_000_000n;
        const moved =
          typeof perMs === 'bigint'
            ? BigInt(digits) + BigInt(byMs) * perMs
            : Number(digits) + Math.round(byMs * perMs);
        return `"${name}":${moved}`;
      }),
    // It is asked in its own time.
    path: (path) =>
      path.replace(/([?&](?:since|until)=)(\d+)/g, (_, name: string, seconds: string) => {
        return `${name}${Number(seconds) - Math.round(byMs / 1000)}`;
      }),
  };
}

/** Moves every time in a JSON text; Docker's zero stays what it is. */
export function shiftTimes(text: string, byMs: number): string {
  return text.replace(TIME, (whole, seconds: string, fraction = '', zone: string) => {
    if (seconds.startsWith('0001-')) return whole;
    const moved = new Date(Date.parse(`${seconds}${zone}`) + byMs);
    return `"${moved.toISOString().slice(0, 19)}${fraction}Z"`;
  });
}
