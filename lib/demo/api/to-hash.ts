/** Another 64 hex digits for the same container: its id, turned. Costs nothing, and inspect needs many. */
export function turnId(id: string, by: number): string {
  return id.slice(by) + id.slice(0, by);
}

/** 64 hex digits made of a text: the same ones every time, for ids that nobody looks up. */
export function toHash(text: string): string {
  let hash = '';
  for (let part = 0; part < 8; part += 1) {
    let mixed = 0x811c9dc5 ^ Math.imul(part + 1, 0x9e3779b1);
    for (let index = 0; index < text.length; index += 1) {
      mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193);
    }
    mixed ^= mixed >>> 15;
    hash += (Math.imul(mixed, 0x2c1b3c6d) >>> 0).toString(16).padStart(8, '0');
  }
  return hash;
}
