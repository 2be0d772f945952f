/** The slope of the straight line through these points (least squares); not a number for fewer than two. */
export function toSlope(points: readonly { x: number; y: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const spread = points.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  const shared = points.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0);
  return shared / spread;
}
