/**
 * The images that every host of a lab has. There is no registry: create services with `--no-resolve-image`.
 * They hold busybox alone; the `wget` of Debian's crashes when given `-T`.
 */
export const images = {
  /** A web server on port 8080 whose health check fetches `/healthcheck`: remove `/www/healthcheck` and it fails. */
  web: 'vitals-web:1',
  /** The same with another page: something to update to. */
  web2: 'vitals-web:2',
  /** Sleeps, without a health check, and exits at once with 0 on SIGTERM. */
  sleep: 'vitals-sleep:1',
  /** Sleeps, and holds nothing but what sleeps: no shell, as images made from scratch. */
  bare: 'vitals-bare:1',
} as const;
