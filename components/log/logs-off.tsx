import { Gone } from '#components/gone/gone.tsx';
import * as en from '#lib/words/en/pages/log.ts';

/** Somebody decided that nobody reads logs here. */
export function LogsOff({ href, link }: { href: string; link: string }) {
  return (
    <Gone
      title={en.containerLogsAreSwitchedOff}
      text={en.whoeverRunsThisSwarmVitals}
      href={href}
      link={link}
    />
  );
}
