import { distance } from "fastest-levenshtein";

import { comparableName, compareText } from "./text";

/**
 * Finds what a user may have meant. Case does not count.
 *
 * @param word what the user wrote
 * @param candidates what is allowed
 * @returns the candidate with the fewest changes of single characters, the first of equals; undefined when even that one
 *   needs more than two changes and more than a third of the word's length
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = comparableName(word);
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = distance(wanted, comparableName(candidate));
    if (changes < least) {
      best = candidate;
      least = changes;
    }
  }
  return best;
}

/**
 * The candidates that are most like a word, however far from it, the nearest first, and equally near ones in
 * alphabetical order.
 *
 * @param most how many to give
 */
export function nearestFirst(word: string, candidates: Iterable<string>, most: number): string[] {
  const wanted = comparableName(word);
  return Array.from(candidates, (candidate) => ({
    candidate,
    changes: distance(wanted, comparableName(candidate)),
  }))
    .sort((a, b) => a.changes - b.changes || compareText(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
