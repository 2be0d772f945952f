import { Gone } from '#components/gone/gone.tsx';
import * as words from '#words/pages/log.ts';

/** Somebody decided that nobody reads logs here. */
export function LogsOff({ href, link }: { href: string; link: string }) {
  return <Gone title={words.offTitle} text={words.off} href={href} link={link} />;
}
