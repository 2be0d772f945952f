import { Gone } from '#components/gone/gone.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import * as gone from '#words/pages/gone.ts';
import * as words from '#words/pages/shell.ts';

/** No such service, replica or page. */
export default function NotFound() {
  return <Gone title={gone.notFoundTitle} text={gone.notFound} href={toPath('/')} link={words.allServices} />;
}
