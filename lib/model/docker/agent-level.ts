/**
 * What the agent and the server agree on: which paths there are, and which fields each answer has. Grows with every
 * change that one of them could misread, so that an agent of another release is named instead. What the other may not know and
 * then refuses (`/vitals/ports`) is none: nodes stay readable while agents and servers are updated one by one.
 */
export const AGENT_LEVEL = 3;
