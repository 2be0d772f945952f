import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** Beside the title, at the right. */
  note?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled panel. */
export function Panel({ title, note, children, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel min-w-0 ${className}`} aria-labelledby={id}>
      <div className="panel-title">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className="text-[13px] text-muted">{note}</span>}
      </div>
      {children}
    </section>
  );
}
