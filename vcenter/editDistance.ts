/**
 * The least number of characters to insert, delete or replace to make one text of the other
 * (Levenshtein), or `limit` when it is not below that. The limit makes a search through thousands cheap.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  let current = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitute =
        at(previous, j - 1) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      const distance = Math.min(substitute, at(previous, j) + 1, at(current, j - 1) + 1);
      current[j] = distance;
      if (distance < least) least = distance;
    }
    if (least >= limit) return limit;
    [previous, current] = [current, previous];
  }
  return Math.min(at(previous, b.length), limit);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
