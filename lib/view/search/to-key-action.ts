/** A key as the browser gives it. */
export interface KeyPress {
  key: string;
  /** Ctrl or the Mac's command key. */
  command: boolean;
  alt: boolean;
  /** The cursor is in a field, or a dialog is open: letters are text there. */
  typing: boolean;
  /** The key before, a moment ago, was g. */
  afterG: boolean;
}

export type KeyAction =
  | { kind: 'search' }
  | { kind: 'shortcuts' }
  | { kind: 'problem'; step: 1 | -1 }
  /** g: the next key says where to. */
  | { kind: 'await' }
  | { kind: 'go'; href: string };

/** A page that a key after g leads to. */
export interface KeyTarget {
  key?: string;
  href: string;
}

/** What a key does, `null` for nothing. `w` alone leads to the wall where there is one. */
export function toKeyAction(press: KeyPress, targets: readonly KeyTarget[]): KeyAction | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.command) return key === 'k' && !press.alt ? { kind: 'search' } : null;
  if (press.typing || press.alt) return null;
  if (press.afterG) {
    const target = targets.find((one) => one.key === key);
    if (target !== undefined) return { kind: 'go', href: target.href };
  }
  switch (key) {
    case '/':
      return { kind: 'search' };
    case '?':
      return { kind: 'shortcuts' };
    case 'n':
      return { kind: 'problem', step: 1 };
    case 'p':
      return { kind: 'problem', step: -1 };
    case 'g':
      return { kind: 'await' };
    case 'w': {
      const wall = targets.find(({ href }) => href === '/wall');
      return wall === undefined ? null : { kind: 'go', href: wall.href };
    }
    default:
      return null;
  }
}
