import { z } from 'zod';
import type { AddressUse, ServiceNetwork } from '#lib/model/contract/network.ts';
import type { MountName, NamedFile, SpecNames } from '#lib/model/docker/spec-names.ts';
import { countSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const addressUseSchema = schemaOf<AddressUse>()(
  z.strictObject({
    size: countSchema.nullable(),
    left: countSchema.nullable(),
    tasks: countSchema,
    vips: countSchema,
    nodes: countSchema,
    services: countSchema,
  }),
);

export const serviceNetworkSchema = schemaOf<ServiceNetwork>()(
  z.strictObject({
    id: z.string().min(1),
    name: z.string().min(1).nullable(),
    driver: z.string().nullable(),
    ingress: z.boolean(),
    encrypted: z.boolean(),
    internal: z.boolean(),
    attachable: z.boolean(),
    subnets: z.array(z.string()),
    addresses: addressUseSchema,
    vip: z.string().nullable(),
  }),
);

const listedNames = z.strictObject({ items: z.array(z.string()), total: countSchema });
const namedFileSchema = schemaOf<NamedFile>()(
  z.strictObject({ name: z.string(), file: z.string().nullable() }),
);
const listedFiles = z.strictObject({ items: z.array(namedFileSchema), total: countSchema });
const mountNameSchema = schemaOf<MountName>()(
  z.strictObject({
    kind: z.enum(['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image', 'unknown']),
    source: z.string().nullable(),
    target: z.string(),
    readOnly: z.boolean(),
  }),
);

export const specNamesSchema = schemaOf<SpecNames>()(
  z.strictObject({
    env: listedNames,
    labels: listedNames,
    containerLabels: listedNames,
    secrets: listedFiles,
    configs: listedFiles,
    mounts: z.strictObject({ items: z.array(mountNameSchema), total: countSchema }),
  }),
);
