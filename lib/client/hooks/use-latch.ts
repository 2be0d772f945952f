import { useState } from 'react';

/** Was it ever so while it is drawn? What once needed room keeps it: nothing moves back and forth. */
export function useLatch(isSo: boolean): boolean {
  const [was, setWas] = useState(isSo);
  if (isSo && !was) setWas(true);
  return was || isSo;
}
