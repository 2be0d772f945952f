/**
 * What the agent and the server agree on: which paths there are, and which fields each answer has. Grows with every
 * change of it, so that an agent of another release is named rather than misread.
 */
export const AGENT_LEVEL = 4;
