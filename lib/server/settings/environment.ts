/** The environment of this process. Nothing else of the product reads it. */
export const environment: Record<string, string | undefined> = process.env;
