import type { z } from 'zod';

/** Takes a schema only if it describes exactly `T`: neither more nor less. */
export function schemaOf<T>() {
  return <S extends z.ZodType<T>>(schema: Exact<T, z.infer<S>> extends true ? S : never): S => schema;
}

/** Assignable both ways, and with the same keys. */
type Exact<A, B> = [A, B] extends [B, A]
  ? [keyof A, keyof B] extends [keyof B, keyof A]
    ? true
    : false
  : false;
