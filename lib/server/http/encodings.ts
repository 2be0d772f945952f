/** How built files are compressed, the smallest first, and what a browser has to say to get them so. */
export const ENCODINGS = [
  { name: 'br', ending: '.br', isTaken: /(^|[\s,])br(?!\s*;\s*q=0(\.0*)?\s*(,|$))(?=[\s,;]|$)/i },
  { name: 'gzip', ending: '.gz', isTaken: /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))(?=[\s,;]|$)/i },
] as const;

/** How what is made for one request is compressed: at once, so the cheapest first. */
export const QUICK_ENCODINGS = [
  { name: 'zstd', isTaken: /(^|[\s,])zstd(?!\s*;\s*q=0(\.0*)?\s*(,|$))(?=[\s,;]|$)/i },
  ...ENCODINGS,
] as const;

/** A route says by this how its body is compressed already: Next drops `content-encoding` from what it is given. It is not sent. */
export const PACKED_AS = 'x-packed-as';
