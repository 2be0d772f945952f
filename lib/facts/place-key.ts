/** Something on a node: an engine tells of its own node alone, so what another says of the same id is kept apart. */
export const toPlaceKey = (nodeId: string | null, id: string): string => `${nodeId} ${id}`;
