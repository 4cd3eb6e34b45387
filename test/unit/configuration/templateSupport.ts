import type { Changes } from "../../support/changedConfiguration";
import type { FaultCases } from "./support";

/** What is said of the place in the second region. */
export const secondPlace = 'templateImage.places["k8s-region-x2"]';

/** A template of this project's own folder, complete for both regions. */
export const builtin: Changes = {
  "templateImage.builtin": { ubuntu: "24.04" },
  [secondPlace]: { network: "k8s-nodes" },
};

/** A template that others made. */
export const existing: Changes = { "templateImage.existing": { template: "Templates/theirs" } };

/** Where the masters of the first region are described. */
export const masters = "regions[0].clusterConfiguration.masterNodeGroup.instanceClass";

/** Where its only group of other nodes is. */
export const frontend = "regions[0].clusterConfiguration.nodeGroups[0].instanceClass";

/** Adds to what is right what is wrong. */
export function broken(base: Changes, cases: FaultCases): FaultCases {
  return Object.fromEntries(
    Object.entries(cases).map(([title, [changes, ...lines]]) => [
      title,
      [{ ...base, ...changes }, ...lines],
    ]),
  );
}
