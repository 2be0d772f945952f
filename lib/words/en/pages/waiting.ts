export const connectingLabel = 'Connecting';
export const notReached = 'Not reached';
export const trying = 'Trying';
export const so = 'So';
export const connecting = 'Connecting to Docker';
export const noSourceTitle = 'The server that this swarm is read from cannot be read';
export const sourceLead = 'Nothing can be said about the swarm until it is read. Tried so far:';
export const sourceFrom = 'Its address comes from';
export const keepsTryingSource =
  'This page keeps trying by itself and comes alive as soon as that server is read.';
export const noManagerTitle = 'No swarm manager answers';
export const firstLook = 'The first look at the swarm is under way.';
export const triedLead = 'Nothing can be said about the swarm until a manager is reached. Tried so far:';
export const keepsTrying = 'This page keeps trying by itself and comes alive as soon as Docker answers.';
export const waiting = 'Waiting for the first answer.';
export const endpointFrom = 'The endpoint comes from';
export const endpointSeveral = '(several, comma separated), else from';
export const endpointLocal =
  'else it is the local socket. It must belong to a swarm manager, and in a container the socket must be mounted:';
