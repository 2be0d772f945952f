import { toPath } from '#lib/view/links/to-path.ts';
/** Ends the session of this browser. Works without scripts. */
export function SignOut() {
  return (
    <form method="post" action={toPath('/api/logout')} className="flex">
      <button type="submit" className="app-nav">
        Sign out
      </button>
    </form>
  );
}
