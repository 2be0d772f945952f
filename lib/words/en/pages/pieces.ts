import type { Fact } from '#lib/words/words.ts';

/** Pieces of a line, between parts of it that are drawn: a time, a link. */
export const until = 'to';
export const now = 'now';
export const of = (total: Fact) => `of ${total}`;
export const onNode = (hostname: Fact) => `on ${hostname}`;
export const noNode = 'no node';
export const ran = (span: Fact) => `ran ${span}`;
export const replica = (slot: Fact) => `Replica ${slot}`;
export const service = (name: Fact) => `Service ${name}`;
export const isGone = (name: Fact) => `${name} is gone`;
export const every = (span: Fact) => `every ${span}`;
export const docker = (version: Fact) => `Docker ${version}`;
export const ofAllowed = (allowed: Fact) => `of ${allowed} allowed`;
export const stderr = 'err';
