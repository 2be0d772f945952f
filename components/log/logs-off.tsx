import { Gone } from '#components/gone/gone.tsx';

/** Somebody decided that nobody reads logs here. */
export function LogsOff({ href, link }: { href: string; link: string }) {
  return (
    <Gone
      title="Container logs are switched off"
      text="Whoever runs this Swarm Vitals set VITALS_LOGS=off: container logs are neither read nor kept."
      href={href}
      link={link}
    />
  );
}
