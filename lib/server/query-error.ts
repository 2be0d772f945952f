/** A request's query is wrong: 400, with a sentence that names the parameter. */
export class QueryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueryError';
  }
}
