/** The fields of the overview's filter: the server draws them, and the browser loads none of these words. */
export const textLabel = 'Name, image, :port, address or network';
export const textPlaceholder = 'Name, image, :port, network …';
export const onlyProblems = 'Only problems';
export const status = 'Status';
export const anyStatus = 'Any status';
export const stack = 'Stack';
export const anyStack = 'Any stack';
export const noStack = 'No stack';
export const node = 'Node';
export const anyNode = 'Any node';
export const image = 'Image';
export const filter = 'Filter';
