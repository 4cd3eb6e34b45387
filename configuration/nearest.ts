import { editDistance } from "../vcenter/editDistance";
import { comparableName } from "../vcenter/names";

/**
 * Finds what a user may have meant. Case does not count.
 *
 * @param word what the user wrote
 * @param candidates what is allowed
 * @returns the candidate with the fewest changes of single characters, the first of equals; undefined when
 *   even that one needs more than two changes and more than a third of the word's length
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = comparableName(word);
  let best: string | undefined;
  let limit = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, comparableName(candidate), limit);
    if (distance < limit) {
      best = candidate;
      limit = distance;
    }
  }
  return best;
}
