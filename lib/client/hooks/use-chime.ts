import { useCallback, useEffect, useRef, useState } from 'react';

/** Two soft tones, falling: `A5`, `E5`. */
const TONES_HZ = [880, 659.3];

export interface Chime {
  play(): void;
  /** Browsers let a page sound only after somebody clicked or typed in it, unless they were started with leave to. */
  isBlocked: boolean;
}

/** A tone that is made here, not fetched. Without `isWanted` no sound device is touched. */
export function useChime(isWanted: boolean): Chime {
  const context = useRef<AudioContext | null>(null);
  const [isBlocked, setBlocked] = useState(false);
  useEffect(() => {
    if (!isWanted || typeof AudioContext !== 'function') return;
    const own = new AudioContext();
    context.current = own;
    const update = () => setBlocked(own.state !== 'running');
    const unlock = () => void own.resume().catch(() => {});
    own.addEventListener('statechange', update);
    addEventListener('pointerdown', unlock);
    addEventListener('keydown', unlock);
    update();
    return () => {
      context.current = null;
      own.removeEventListener('statechange', update);
      removeEventListener('pointerdown', unlock);
      removeEventListener('keydown', unlock);
      own.close().catch(() => {});
      setBlocked(false);
    };
  }, [isWanted]);
  const play = useCallback(() => {
    const own = context.current;
    if (own === null || own.state !== 'running') return;
    TONES_HZ.forEach((frequency, index) => {
      const startS = own.currentTime + index * 0.22;
      const tone = own.createOscillator();
      const volume = own.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, startS);
      volume.gain.linearRampToValueAtTime(0.18, startS + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, startS + 0.6);
      tone.connect(volume).connect(own.destination);
      tone.start(startS);
      tone.stop(startS + 0.65);
    });
  }, []);
  return { play, isBlocked };
}
