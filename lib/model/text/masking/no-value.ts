import type { Link } from './named-link.ts';
import type { SecretName } from './names.ts';
import { isPlaceholder, isVariable } from './prose.ts';

/** What stands there is no secret: a placeholder, a variable, a count, a path. */
export function isNothing(value: string, name: SecretName, link: Link): boolean {
  if (isPlaceholder(value) || isVariable(value)) return true;
  const first = value[0] ?? '';
  if (first >= '0' && first <= '9') {
    if (name.plural && /^\d{1,12}$/.test(value)) return true;
    return link.kind === 'colon' && name.kind !== 'password' && name.bare && /^[1-5]\d\d[,.;]?$/.test(value);
  }
  if (name.mayBePath && value.length > 1 && /^(?:[.~]{0,2}\/|[A-Za-z]:\\)[^=+]*$/.test(value)) return true;
  return (
    (first === '/' || first === 'f') &&
    /^(?:\/run\/secrets\/|\/var\/run\/secrets\/|\/etc\/|file:\/)[\w./@-]*$/.test(value)
  );
}
