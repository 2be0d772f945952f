import { toVisibleName } from '#lib/model/text/show-hidden.ts';

/** A name in an address, as the picture has it: names with hidden characters are found by them too. */
export function readName(segment: string): string {
  try {
    return toVisibleName(decodeURIComponent(segment));
  } catch {
    // `%E0%A4` is a name that nothing has.
    return toVisibleName(segment);
  }
}

/** The names in the address of a replica's page. */
export async function readReplicaNames(
  params: Promise<{ name: string; replica: string }>,
): Promise<{ name: string; key: string }> {
  const { name, replica } = await params;
  return { name: readName(name), key: readName(replica) };
}
