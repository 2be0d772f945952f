/** The host port in an error such as `Bind for 0.0.0.0:8080 failed: port is already allocated`; `null` when it names none. */
export function findTakenPort(error: string): string | null {
  return /:(\d{1,5})(?:\/(?:tcp|udp|sctp))?(?=[ :]|$)/.exec(error)?.[1] ?? null;
}
