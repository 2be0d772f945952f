import { useEffect, useState } from 'react';

/** A yes or no that this browser remembers; yes until somebody chooses. */
export function useKeptChoice(name: string): [boolean, () => void] {
  const [on, setOn] = useState(true);
  useEffect(() => {
    const kept = readKept(name);
    if (kept !== null) setOn(kept === '1');
  }, [name]);
  const toggle = () => {
    setOn(!on);
    try {
      localStorage.setItem(name, on ? '0' : '1');
    } catch {
      // Private windows may refuse: then it lasts as long as the page.
    }
  };
  return [on, toggle];
}

function readKept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
