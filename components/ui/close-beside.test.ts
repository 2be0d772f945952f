import { expect, test, vi } from 'vitest';
import { closeBeside } from './close-beside.ts';

test.each([
  ['pressed and let go beside the box', 'dialog', 'dialog', 1],
  ['text selected to beyond the box', 'field', 'dialog', 0],
  ['clicked within the box', 'field', 'field', 0],
] as const)('a dialog that is %s', (_, down, up, closed) => {
  const dialog = { close: vi.fn() };
  const at = { dialog, field: {} };
  closeBeside.onPointerDown({ target: at[down] });
  closeBeside.onClick({ target: at[up], currentTarget: dialog });
  expect(dialog.close).toHaveBeenCalledTimes(closed);
});
