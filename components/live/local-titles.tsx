'use client';
import { useEffect } from 'react';
import { readZone } from '#lib/client/hooks/use-zone.ts';
import { formatMoment } from '#lib/view/format/times.ts';

function onOver({ target }: Event) {
  if (!(target instanceof Element)) return;
  const time = target.closest('time[datetime]');
  if (time !== null) {
    time.setAttribute('title', formatMoment(Date.parse(time.getAttribute('datetime') ?? ''), readZone()));
    return;
  }
  const bar = target.closest<HTMLElement>('[data-at][data-title]');
  if (bar !== null) {
    bar.title = `${formatMoment(Number(bar.dataset.at), readZone())}: ${bar.dataset.title}`;
    return;
  }
  const cell = target.closest('.cell[aria-label]');
  if (cell !== null) cell.setAttribute('title', cell.getAttribute('aria-label') ?? '');
}

/** Gives times and cells their titles when the pointer comes: ten thousand need none before, and times need the local zone. */
export function LocalTitles() {
  useEffect(() => {
    document.addEventListener('pointerover', onOver);
    return () => document.removeEventListener('pointerover', onOver);
  }, []);
  return null;
}
