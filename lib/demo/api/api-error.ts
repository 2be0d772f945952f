/** An answer other than 200, with the engine's own words. */
export class ApiError extends Error {
  readonly statusCode: number;
  /** Docker says some things as plain text. */
  readonly plain: boolean;
  constructor(statusCode: number, message: string, plain = false) {
    super(message);
    this.statusCode = statusCode;
    this.plain = plain;
  }
}
