import type { SwarmHead, SwarmPicture } from './picture.ts';

/** What a picture says of the swarm as a whole. */
export function toSwarmHead(picture: SwarmPicture): SwarmHead {
  const { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings } = picture;
  return { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings };
}
