/** What was pressed last: one modal dialog at a time is on top. */
let pressed: unknown = null;

/**
 * Closes a dialog by a click beside its box. Who selects text in it and lets go beside it clicks there, too, and has not
 * left it: it has to be pressed there as well.
 */
export const closeBeside = {
  onPointerDown({ target }: { target: unknown }) {
    pressed = target;
  },
  onClick({ target, currentTarget }: { target: unknown; currentTarget: { close(): void } }) {
    if (target === currentTarget && pressed === target) currentTarget.close();
  },
};
