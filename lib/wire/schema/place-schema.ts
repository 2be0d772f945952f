import { z } from 'zod';
import type { Place, PlacesPage } from '#lib/model/contract/place.ts';
import { publishedPortSchema } from './detail-schema.ts';
import { countSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const head = { serviceId: z.string().min(1), serviceName: z.string().min(1) };

const placeSchema = schemaOf<Place>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('port'), ...head, port: publishedPortSchema }),
    z.strictObject({
      kind: z.literal('address'),
      ...head,
      key: z.string().min(1).nullable(),
      address: z.string().min(1),
    }),
    z.strictObject({
      kind: z.literal('network'),
      ...head,
      networkId: z.string().min(1),
      network: z.string().min(1),
    }),
  ]),
);

/** `GET /api/places`. */
export const placesPageSchema = schemaOf<PlacesPage>()(
  z.strictObject({
    places: z.array(placeSchema),
    total: countSchema,
    serviceIds: z.array(z.string().min(1)),
  }),
);
