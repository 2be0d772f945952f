import { expect, type Locator, type Page } from '@playwright/test';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';

/** The element of a replica, on any page. */
export function toReplica(page: Page, service: string, key = '1'): Locator {
  return page.locator(`[data-replica="${service}.${key}"]`);
}

/** The element of a service, on any page. */
export function toService(page: Page, service: string): Locator {
  return page.locator(`[data-service="${service}"]`);
}

/** Waits until the page shows the replica in one of these statuses. */
export async function expectStatus(
  replica: Locator,
  status: ReplicaStatus | readonly ReplicaStatus[],
  timeoutMs = 30_000,
): Promise<void> {
  const pattern = new RegExp(`^(${[status].flat().join('|')})$`);
  await expect(replica).toHaveAttribute('data-status', pattern, { timeout: timeoutMs });
}

/** Waits until the page shows the service with one of these verdicts. */
export async function expectVerdict(
  service: Locator,
  verdict: Verdict | readonly Verdict[],
  timeoutMs = 30_000,
): Promise<void> {
  const pattern = new RegExp(`^(${[verdict].flat().join('|')})$`);
  await expect(service).toHaveAttribute('data-verdict', pattern, { timeout: timeoutMs });
}

/** Waits until the page says that it is live. */
export async function expectLive(page: Page, timeoutMs = 20_000): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', { timeout: timeoutMs });
}
