'use client';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { Panel } from '#components/ui/panel.tsx';
import * as words from '#words/pages/log.ts';

const LogViewer = dynamic(() => import('./log-viewer.tsx').then((module) => module.LogViewer), {
  ssr: false,
  loading: () => <div className="h-[430px]" />,
});

/** A replica's log on its page: read once it is in view. */
export function LogPanel({ url, href }: { url: string; href: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <Panel
      title={words.containerLog}
      note={
        <a className="text-accent" href={href}>
          {words.wholePage}
        </a>
      }
    >
      <div ref={place} className="min-h-[430px]" data-read={seen}>
        {seen && <LogViewer url={url} tail={200} compact />}
        <noscript>
          <p className="px-[18px] py-4">
            <a className="text-accent" href={`${url}?format=text&tail=1000`}>
              {words.download}
            </a>
          </p>
        </noscript>
      </div>
    </Panel>
  );
}
