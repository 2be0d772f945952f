/** Calls when the page is looked at again, or the network is back. @returns what ends it */
export function onReturn(run: () => void): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') run();
  };
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', run);
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('online', run);
  };
}
