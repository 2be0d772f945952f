import type { ServiceHead, ServicePicture } from './picture.ts';

/** A service of the picture without its replicas. */
export function toServiceHead(picture: ServicePicture): ServiceHead {
  const { replicas: _replicas, ...head } = picture;
  return head;
}
