import type { ServiceHead, ServicePicture, SwarmHead, SwarmPicture } from './picture.ts';

/** A service of the picture without its replicas. */
export function toServiceHead(picture: ServicePicture): ServiceHead {
  const { replicas: _replicas, ...head } = picture;
  return head;
}

/** What a picture says of the swarm as a whole. */
export function toSwarmHead(picture: SwarmPicture): SwarmHead {
  const { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings } = picture;
  return { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings };
}
