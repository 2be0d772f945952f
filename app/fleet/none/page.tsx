import { notFound } from 'next/navigation';

export const dynamic = 'force-dynamic';

/** Where several swarms are shown, an address that leads to none of them. */
export default function NoSuchSwarm(): never {
  notFound();
}
