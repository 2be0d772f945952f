import type { SourceProblem } from '#lib/model/contract/statement.ts';

/** Why the server that a relay reads cannot be read, in whole sentences: no token and no address is in them. */
export function describeSource(problem: SourceProblem): string {
  switch (problem.kind) {
    case 'connecting':
      return 'It has not answered yet.';
    case 'no-answer':
      return `It does not answer (${problem.code}).`;
    case 'certificate':
      return `Its certificate is not trusted (${problem.code}). VITALS_SWARMS_CA names the authority that it comes from.`;
    case 'cut':
      return 'The connection to it was cut.';
    case 'silent':
      return 'It has said nothing for some seconds.';
    case 'unknown-token':
      return 'It does not take the token of VITALS_SWARMS_TOKENS. It has to be the VITALS_API_TOKEN there.';
    case 'refused':
      return 'It takes the token, and does not let it see this (403).';
    case 'redirects':
      return 'It leads to another address, which is not followed. VITALS_SWARMS has to name that address itself.';
    case 'status':
      return `It answers ${problem.status}.`;
    case 'stranger':
      return 'What answers there is no server of Swarm Vitals, or something stands in front of it.';
    case 'version':
      return `It is of another version: its stream is of version ${problem.theirs}, and this server reads version ${problem.ours}. Run the same version of Swarm Vitals on both.`;
    case 'not-understood':
      return `It says something that this version does not understand (${problem.at}). Run the same version of Swarm Vitals on both.`;
    case 'too-large':
      return 'It answers with more than any answer can be.';
    case 'busy':
      return 'Too much is asked of it at once.';
  }
}
