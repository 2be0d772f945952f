import type { ReactNode } from 'react';

/** What this page was about does not exist any more. That is an answer, not an error. */
export function Gone({
  title,
  text,
  href,
  link,
  children = null,
}: {
  title: string;
  text: string;
  href: string;
  link: string;
  /** What else helps, such as what was probably meant. */
  children?: ReactNode;
}) {
  return (
    <div className="page max-w-[860px]!">
      <section className="panel grid gap-2 p-6" data-gone="true" role="status">
        <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>
        <p>{text}</p>
        {children}
        <p>
          <a className="text-accent" href={href}>
            {link}
          </a>
        </p>
      </section>
    </div>
  );
}
