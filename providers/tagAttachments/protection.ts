import { hiddenRemedy } from "../findObject";
import type { Situation } from "./situation";

/** Says of which recorded objects nothing can be known or changed, because this account does not see them. */
export function hiddenPairs({ hidden }: Situation): string[] {
  return hidden.map(
    ({ path, pairs }) =>
      `${path}: vCenter has it, but this account cannot see it, so ${pairs.map(({ tag }) => tag).join(" and ")} can neither ` +
      `be looked for nor detached: ${hiddenRemedy}`,
  );
}
