'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { useLiveContext, useLiveStatus, usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { findNewProblems, type Noticed } from '#lib/view/overview/problem-pages.ts';
import * as words from '#words/pages/notify.ts';

/** What fails together is one notification. */
const COALESCE_MS = 2500;
const MAX_NAMES = 4;

interface Notice {
  name: string;
  sentence: string;
  href: string;
}

function toNotice(id: string, picture: SwarmPicture): Notice | null {
  const service = picture.services.find((one) => one.id === id);
  if (service !== undefined)
    return { name: service.name, sentence: service.sentence, href: toServiceHref(service.name) };
  const node = picture.nodes.find((one) => one.id === id);
  return node === undefined
    ? null
    : { name: node.hostname, sentence: words.nodeLost, href: toNodeHref(node.id) };
}

function toText(notices: Notice[]): { title: string; body: string; href: string } {
  const [first] = notices;
  if (first !== undefined && notices.length === 1)
    return { title: words.needsAttention(first.name), body: first.sentence, href: first.href };
  const names = notices.slice(0, MAX_NAMES).map(({ name }) => name);
  const others = notices.length - names.length;
  const body = others > 0 ? words.andMore(names.join(', '), others) : names.join(', ');
  return { title: words.newProblems(notices.length), body, href: toPath('/') };
}

/** The ids of what nobody is to be told of, in a text: the same while they are. */
function listSilenced(picture: SwarmPicture | null): string {
  const all = picture === null ? [] : [...picture.services, ...picture.nodes];
  return all
    .filter(({ silenced }) => silenced != null)
    .map(({ id }) => id)
    .join(' ');
}

/** Shows new problems as notifications of the browser, for as long as it is there: one for each, none twice. */
export function Notifier() {
  const router = useRouter();
  const { known } = useLiveContext();
  // Whoever wants notifications of problems follows the whole picture, on every page.
  const picture = usePicture();
  const isKnown = picture !== null;
  const silenced = useMemo(() => listSilenced(picture), [picture]);
  const { liveness } = useLiveStatus();
  const problems = usePart('problems');
  const noticed = useRef<Noticed>(null);
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    // Only what is confirmed now makes a notification.
    if (liveness !== 'live' || !isKnown) return;
    const quiet = new Set(silenced.split(' '));
    const ids = [...problems.losses.map(({ nodeId }) => nodeId), ...problems.serviceIds].filter(
      (id) => !quiet.has(id),
    );
    const step = findNewProblems(noticed.current, ids, Date.now());
    noticed.current = step.noticed;
    for (const id of step.fresh) waiting.current.add(id);
    for (const id of waiting.current) if (!ids.includes(id)) waiting.current.delete(id);
    if (waiting.current.size === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const now = known();
      if (now === null || waiting.current.size === 0) return;
      const announced = [...waiting.current].sort();
      waiting.current.clear();
      const { title, body, href } = toText(
        announced.map((id) => toNotice(id, now)).filter((notice) => notice !== null),
      );
      // The same tag from another tab of this browser takes its place.
      const notification = new Notification(`${title} · ${now.name}`, {
        body,
        tag: `vitals ${announced.join(' ')}`,
      });
      notification.onclick = () => {
        window.focus();
        router.push(href);
        notification.close();
      };
    }, COALESCE_MS);
  }, [problems, silenced, liveness, isKnown, known, router]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return null;
}
