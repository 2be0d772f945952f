/** Ends the session of this browser. Works without scripts. */
export function SignOut() {
  return (
    <form method="post" action="/api/logout" className="flex">
      <button type="submit" className="app-nav">
        Sign out
      </button>
    </form>
  );
}
