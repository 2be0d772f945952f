/** A sentence over the page for those who pressed something; announced to screen readers when it comes. */
export function Notice({ text }: { text: string }) {
  return (
    <p className="find-notice" role="status" data-shown={text !== ''}>
      {text}
    </p>
  );
}
