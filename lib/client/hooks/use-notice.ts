import { useEffect, useState } from 'react';

const SHOWN_MS = 4000;

/** A sentence for those who pressed something, gone after a while; empty when there is none. */
export function useNotice(): [string, (text: string) => void] {
  const [notice, setNotice] = useState('');
  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => setNotice(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}
