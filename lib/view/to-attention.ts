import type { ServicePicture } from '#lib/model/picture.ts';
import { VERDICTS } from '#lib/model/verdict.ts';
import { isAlarming } from './is-alarming.ts';

/** Ids of the services that need attention, worst and newest first, and of those whose health is not known. */
export interface Attention {
  alarming: string[];
  unknown: string[];
}

/** Picks what needs attention out of all services. */
export function toAttention(services: readonly ServicePicture[]): Attention {
  const alarming = services
    .filter((service) => isAlarming(service.verdict))
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.sinceMs - a.sinceMs);
  return {
    alarming: alarming.map((service) => service.id),
    unknown: services.filter((service) => service.verdict === 'unknown').map((service) => service.id),
  };
}
