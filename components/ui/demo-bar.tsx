/** On every page of a demo: nobody may take it for their own swarm. */
export function DemoBar() {
  return (
    <aside className="demo-bar" aria-label="Demo">
      <b>Demo swarm, not your data.</b>{' '}
      <span>Nothing here is real. Set DOCKER_HOST or VITALS_MANAGERS to see your own.</span>
    </aside>
  );
}
