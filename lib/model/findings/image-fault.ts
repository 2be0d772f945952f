import type { ImageFault } from '#lib/model/contract/finding-facts.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';

/** In the words of registries, of moby distribution and of containerd's image store. */
const FAULTS: readonly [pattern: RegExp, why: ImageFault][] = [
  // Before its name is read for words: an image may be called `unauthorized`
  [/^no such image: \S{1,512}$/i, 'not-pulled'],
  [/no matching manifest for|no match for platform in manifest/i, 'wrong-platform'],
  [
    /image operating system|cannot download image with operating system|snapshotter \S{1,64} does not support platform|does not (?:match|provide) the (?:specified|detected) (?:host )?platform|cannot be used on this platform|operating system does not match the host|a windows version \S{1,32}-based image is incompatible/i,
    'wrong-platform',
  ],
  // A registry with an image for newer engines, and an engine that does not ask for those
  [
    /accept header does not support oci|unsupported compression: |unsupported media type application\//i,
    'old-format',
  ],
  // A page in place of a registry's answer: its status tells, not what stands in it; a 404 tells only that nothing came
  [/error parsing http 429 response body/i, 'rate-limit'],
  [/error parsing http 40[13] response body/i, 'login-refused'],
  [/error parsing http 5\d\d response body/i, 'registry-error'],
  [/error parsing http \d{3} response body/i, 'not-pulled'],
  [
    /manifest unknown|image manifest does not exist for tag or digest|manifest for \S{1,512} not found|\btag \S{1,128} not found/i,
    'no-such-tag',
  ],
  [/pull access denied|repository does not exist|repository name not known/i, 'no-such-repository'],
  [/failed to resolve reference \S{1,512}: \S{1,512}: not found/i, 'no-such-tag'],
  [
    // Not the kernel's "permission denied: unknown"
    /(?<![\w/.-])unauthorized(?![\w/-]|\.\w)|no basic auth credentials|authentication required|(?<!permission )denied: |error from registry: denied|insufficient_scope|: 403 forbidden/i,
    'login-refused',
  ],
  [/toomanyrequests|pull rate limit|: 429 too many requests/i, 'rate-limit'],
  [/(?<![\w/.-])x509: |server gave http response to https client/i, 'registry-untrusted'],
  [
    /remote error: tls: |(?:get|head) "?https?:\/\/[^\n]{0,1024}: (?:service unavailable|bad gateway|gateway time-?out|internal server error)/i,
    'registry-error',
  ],
  // A page of a proxy or a sign-in in the registry's place
  [/unexpected media type text\//i, 'registry-error'],
  [
    /unexpected (?:http )?status(?: code)?:? (?:from \w{1,8} request to \S{1,512}: )?5\d\d|received unexpected http status: 5\d\d/i,
    'registry-error',
  ],
  [
    /(?:get|head|post) "?https?:\/\/[^\n]{0,1024}(?:dial tcp|lookup|timeout|connection refused|connection reset|no such host|\beof\b|deadline exceeded)|failed to do request|download failed after attempts=\d{1,3}: [^\n]{0,1024}(?:dial tcp|lookup|timeout|connection refused|connection reset|\beof\b)/i,
    'registry-unreachable',
  ],
  // containerd core/unpack: a part that was thrown away, or never came, within a sentence about a layer
  [/content digest \S{1,128}: not found/i, 'part-missing'],
  [
    /(?:filesystem layer|image|image config|manifest) verification failed for digest|failed to register layer|failed to extract layer|unexpected commit (?:digest|size)|layers from manifest don't match|failed size validation|wrong diff id|mismatched image rootfs|layers and diffids don't match|prepare extraction snapshot|apply layer error/i,
    'layer-damaged',
  ],
  [
    /manifest (?:schema )?v1|unsupported manifest format|unsupported schema version|invalid manifest: not schema2|docker image format v1|schema1|media type \S{1,128} is no longer supported/i,
    'old-format',
  ],
  [/invalid reference format/i, 'invalid-name'],
  [
    /could not fetch content descriptor [^\n]{1,512}from remote: not found|httpreadseeker: failed open: (?:content at \S{1,512} not found|unexpected status[^\n]{1,600}: 404)|layer does not exist|\/overlay2\/\S{1,200}: no such file or directory|content digest \S{1,128}: not found|failed to get snapshot|rwlayer/i,
    'part-missing',
  ],
  [/no such image|image \S{1,512} not found|\bimage not found/i, 'not-pulled'],
];

/** Longer than any error that says one thing. */
const MAX_CHARS = 4_096;

/** The image is missing or cannot be pulled (moby executor/container/controller.go, Prepare). */
export function findImageFault({ task, service }: TaskEnd): { image: string; why: ImageFault } | null {
  const error = (task.error ?? '').slice(0, MAX_CHARS);
  const why = FAULTS.find(([pattern]) => pattern.test(error))?.[1];
  return why === undefined ? null : { image: task.image === '' ? service.image : task.image, why };
}
