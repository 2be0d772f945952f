import type { IncomingMessage, ServerResponse } from 'node:http';
import { eachSecond } from '#lib/flow/each-second.ts';
import { toCookieName } from './cookies.ts';
import type { Gate, Grant } from './gate.ts';
import { toVisitorAt } from './to-visitor.ts';
import type { Visitor } from './visitor.ts';

/** Ends answers that go on for longer than what let their reader in. */
export interface AnswerWatch {
  /** For every request, before anything answers it; whatever the route is, and however it answers. */
  add(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

interface Answer {
  visitor: Visitor;
  response: ServerResponse;
  /** `null`: it has not been asked for yet; most answers are over before. */
  grant: Grant | null;
  isWeighed: boolean;
}

/**
 * Looks every second at the answers that are under way: the first time what each one's request shows is weighed as it is
 * at the door, and then only whether that has ended: signed out, over, revoked, no longer believed. Then the connection is
 * cut, in the middle of whatever is being sent, so that nobody takes it for whole.
 */
export function watchAnswers(gate: Gate, repeat = eachSecond): AnswerWatch {
  const underWay = new Set<Answer>();
  const looks = repeat(() => {
    for (const answer of underWay) look(answer);
  });

  function look(answer: Answer): void {
    if (answer.grant === null) {
      // Until then nothing can be cut; and a password that came along would be tried, and counted, anew each time.
      if (answer.response.headersSent) weigh(answer);
    } else if (!gate.isLasting(answer.grant)) end(answer);
  }

  function weigh(answer: Answer): void {
    if (answer.isWeighed) return;
    answer.isWeighed = true;
    gate.admit(answer.visitor).then(
      ({ decision, grant }) => {
        const { headersSent, writableEnded } = answer.response;
        if (decision.kind === 'allow') answer.grant = grant;
        // Before that it is on its way to be refused, or to open a wall: on a busy machine for longer than a second.
        else if (headersSent && !writableEnded) end(answer);
        else answer.isWeighed = false;
      },
      () => end(answer),
    );
  }

  function end(answer: Answer): void {
    underWay.delete(answer);
    answer.response.destroy();
  }

  return {
    add(request, response) {
      if (gate.config.mode.kind === 'none') return;
      const answer: Answer = { visitor: toVisitorAt(request), response, grant: null, isWeighed: false };
      underWay.add(answer);
      // What a screen may show can be narrowed while it is answered: what counts is what it could at the door.
      if (request.headers.cookie?.includes(toCookieName('wall', false))) weigh(answer);
      response.once('close', () => underWay.delete(answer));
    },
    close: looks.cancel,
  };
}
