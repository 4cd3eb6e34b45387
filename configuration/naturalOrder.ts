/**
 * Compares texts as people count: numbers in them as numbers, so that `[9]` comes before `[10]`.
 *
 * @returns less than 0 when the left comes first, more when the right does, 0 for equals
 */
export function compareNaturally(left: string, right: string): number {
  const leftParts = left.split(/(\d+)/);
  const rightParts = right.split(/(\d+)/);
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index++) {
    const one = leftParts[index] ?? "";
    const other = rightParts[index] ?? "";
    const order = index % 2 === 1 ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** Compares texts by their characters' codes, the same in every language of the machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
