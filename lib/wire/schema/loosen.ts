import { z } from 'zod';

/**
 * The same schema as whoever reads another server needs it: what it has more of is dropped, since a server of the same wire
 * version may have fields that this one can do without. Words that this one does not know are no words of its own: how bad an
 * unknown status is, nobody can say.
 */
export function loosen<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return loosenAny(schema) as z.ZodType<T>;
}

const done = new WeakMap<z.core.$ZodType, z.ZodType>();

function loosenAny(schema: z.core.$ZodType): z.ZodType {
  const known = done.get(schema);
  if (known !== undefined) return known;
  const loose = make(schema);
  done.set(schema, loose);
  return loose;
}

function make(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as Record<string, z.core.$ZodType>);
    return z.object(Object.fromEntries(shape.map(([name, field]) => [name, loosenAny(field)])));
  }
  // Without its lengths: how much is read in all is bounded.
  if (schema instanceof z.ZodArray) return z.array(loosenAny(schema.element));
  // Without its bounds: one clock that is wrong somewhere is no reason to know nothing of a swarm.
  if (schema instanceof z.ZodNumber) return z.number();
  if (schema instanceof z.ZodString) return z.string();
  if (schema instanceof z.ZodNullable) return z.nullable(loosenAny(schema.unwrap()));
  if (schema instanceof z.ZodOptional) return z.optional(loosenAny(schema.unwrap()));
  if (schema instanceof z.ZodReadonly) return loosenAny(schema.unwrap());
  if (schema instanceof z.ZodDiscriminatedUnion)
    return z.discriminatedUnion(
      schema.def.discriminator,
      schema.options.map(loosenAny) as [z.ZodObject, ...z.ZodObject[]],
    );
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(loosenAny));
  return schema as z.ZodType;
}
