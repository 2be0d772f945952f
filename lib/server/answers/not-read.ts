import { toJson } from './to-json.ts';

/** What is asked for is kept by a server that cannot be asked now; the message says why, in a sentence. */
export class NotRead extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotRead';
  }
}

/** By its name: who throws it is another module instance than Next's routes and pages. */
function isNotRead(error: unknown): error is NotRead {
  return error instanceof Error && error.name === 'NotRead';
}

/** The answer, or that whoever knows it cannot be asked. */
export async function unlessNotRead<T>(answer: Promise<T>): Promise<T | 'not-read'> {
  try {
    return await answer;
  } catch (error) {
    if (isNotRead(error)) return 'not-read';
    throw error;
  }
}

/** 503 with the reason where whoever knows the answer cannot be asked. */
export async function answerRead(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (isNotRead(error)) return toJson({ error: error.message }, 503);
    throw error;
  }
}
