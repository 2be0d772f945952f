'use client';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { DetailHead } from '#components/ui/detail-head.tsx';
import * as words from '#words/pages/log.ts';
import './log.css';

const LogViewer = dynamic(() => import('./log-viewer.tsx').then((module) => module.LogViewer), {
  ssr: false,
  loading: () => <div className="min-h-[60vh]" />,
});

interface LogPageProps {
  title: string;
  /** Links above the title. */
  trail: { href: string; text: string }[];
  url: string;
  several?: boolean;
  children?: ReactNode;
}

/** A page with nothing but a log. */
export function LogPage({ title, trail, url, several = false, children }: LogPageProps) {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-4">
      <DetailHead trail={trail} title={title} actions={children ?? null} hasPast={false} />
      <div className="panel min-w-0">
        <LogViewer url={url} tail={several ? 200 : 1000} several={several} />
        <noscript>
          <p className="px-[18px] py-4">
            <a className="text-accent" href={`${url}${url.includes('?') ? '&' : '?'}format=text`}>
              {words.download}
            </a>
          </p>
        </noscript>
      </div>
    </div>
  );
}
