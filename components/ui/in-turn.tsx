import type { ReactNode } from 'react';

interface InTurnProps {
  /** So many others are drawn before it. */
  after: number;
  children(): ReactNode;
}

/**
 * A part of a page that is drawn by the server in a turn of its own: a long page is many short pieces of work, and
 * whoever else asks is answered between two of them.
 */
export async function InTurn({ after, children }: InTurnProps) {
  for (let turn = 0; turn <= after; turn++) await new Promise((resolve) => setImmediate(resolve));
  return children();
}
