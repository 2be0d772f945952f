import type { SourcePicture } from '#lib/model/contract/picture.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** The sources of the picture, managers first; the same list as `previous` where nothing changed that people see. */
export function deriveSources(
  managers: readonly Source[],
  engines: Iterable<Source>,
  previous: SourcePicture[] | null,
): SourcePicture[] {
  const sources = [...managers, ...engines].map(toSourcePicture);
  return previous !== null && hasEqualContent(previous, sources) ? previous : sources;
}

function toSourcePicture({ lastReadMs: _lastReadMs, ...source }: Source): SourcePicture {
  return source;
}
