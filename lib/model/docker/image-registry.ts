/**
 * The registry that an image is pulled from, by its name: what stands before the first slash, where that has a point, a
 * colon or is `localhost` (distribution/reference); else Docker Hub's.
 */
export function toRegistry(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
