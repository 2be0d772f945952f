export const versionNotKnown = 'version not known';
export const quorumAtItsEdge = 'Quorum at its edge';
