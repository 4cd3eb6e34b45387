import { hiddenRemedy } from "../../dynamic/findObject";
import type { TagChange } from "./plan";
import { pathOf, tagName, type Situation } from "./situation";

/**
 * Says which recorded pairs a change would detach against the stack's protection, all of them in one sentence; nothing
 * when there are none. A tag that was never recorded is not protected: to take a wrong one off protects the right one.
 *
 * @param detach what would be detached, announced pairs included
 */
export function protectedPairs(detach: readonly TagChange[], situation: Situation): string[] {
  const pairs = detach.flatMap(({ tag, objects }) => {
    const paths = objects
      .filter((object) => situation.recorded.get(object)?.has(tag))
      .map((object) => pathOf(situation, object));
    return paths.length === 0 ? [] : [`${tagName(situation, tag)} from ${paths.sort().join(", ")}`];
  });
  pairs.sort();
  return pairs.length === 0
    ? []
    : [
        `protect is true, and this change would detach ${pairs.join("; ")}: leave these objects where they are in the ` +
          "configuration, or set protect to false, run pulumi up, and make the change then",
      ];
}

/** Says of which recorded objects nothing can be known or changed, because this account does not see them. */
export function hiddenPairs({ hidden }: Situation): string[] {
  return hidden.map(
    ({ path, pairs }) =>
      `${path}: vCenter has it, but this account cannot see it, so ${pairs.map(({ tag }) => tag).join(" and ")} can neither ` +
      `be looked for nor detached: ${hiddenRemedy}`,
  );
}
