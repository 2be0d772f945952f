/** How much of something is taken. Grey: a measure is no status; `tone` colours it where a finding says so. */
export function UseBar({
  used,
  of,
  hatched = false,
  tone,
}: {
  used: number;
  of: number | null;
  /** Set aside, and not used. */
  hatched?: boolean;
  tone?: string | undefined;
}) {
  const share = of === null || of <= 0 ? 0 : Math.min(1, used / of);
  return (
    <span className={`use-bar ${tone ?? ''}`} aria-hidden="true" data-unknown={of === null}>
      <i data-hatched={hatched} style={{ width: `${Math.round(share * 1000) / 10}%` }} />
    </span>
  );
}
