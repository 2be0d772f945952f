import { z } from 'zod';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';

/** What programs wrote, with their colours in it: whoever draws it knows that. */
const AS_WRITTEN: ReadonlySet<string> = new Set(['output', 'text', 'test']);
/** Longer than any name, sentence or error of ours. */
const MAX_CHARS = 64 * 1024;
/** Half of what a date can be: what is added to one is one, too. */
const MAX_NUMBER = 4e15;

/**
 * The same schema as whoever reads another server needs it: what it has more of is dropped, since a server of the same wire
 * version may have fields that this one can do without. Words that this one does not know are no words of its own: how bad an
 * unknown status is, nobody can say. A name that would turn or hide the text around it is written out here as it is where
 * Docker is read.
 */
export function loosen<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return loosenAny(schema) as z.ZodType<T>;
}

const done = {
  shown: new WeakMap<z.core.$ZodType, z.ZodType>(),
  written: new WeakMap<z.core.$ZodType, z.ZodType>(),
};

function loosenAny(schema: z.core.$ZodType, isWritten = false): z.ZodType {
  const known = done[isWritten ? 'written' : 'shown'];
  const found = known.get(schema);
  if (found !== undefined) return found;
  const loose = make(schema, isWritten);
  known.set(schema, loose);
  return loose;
}

function make(schema: z.core.$ZodType, isWritten: boolean): z.ZodType {
  const inner = (one: z.core.$ZodType) => loosenAny(one, isWritten);
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as Record<string, z.core.$ZodType>);
    // The text of an event, which has a level, is a sentence of ours, drawn as it is.
    const isOurs = 'level' in schema.shape;
    return z.object(
      Object.fromEntries(
        shape.map(([name, field]) => [name, loosenAny(field, AS_WRITTEN.has(name) && !isOurs)]),
      ),
    );
  }
  // Without its lengths: how much is read in all is bounded.
  if (schema instanceof z.ZodArray) return z.array(inner(schema.element));
  // Without its bounds: one clock that is wrong somewhere is no reason to know nothing of a swarm. Beyond any date no page is drawn.
  if (schema instanceof z.ZodNumber) return z.number().min(-MAX_NUMBER).max(MAX_NUMBER);
  if (schema instanceof z.ZodString)
    return isWritten ? z.string() : z.string().max(MAX_CHARS).overwrite(toVisibleText);
  if (schema instanceof z.ZodRecord)
    return z.record(inner(z.string()) as z.ZodString, inner(schema.valueType));
  if (schema instanceof z.ZodNullable) return z.nullable(inner(schema.unwrap()));
  if (schema instanceof z.ZodOptional) return z.optional(inner(schema.unwrap()));
  if (schema instanceof z.ZodReadonly) return inner(schema.unwrap());
  if (schema instanceof z.ZodDiscriminatedUnion)
    return z.discriminatedUnion(
      schema.def.discriminator,
      schema.options.map(inner) as [z.ZodObject, ...z.ZodObject[]],
    );
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(inner));
  return schema as z.ZodType;
}
