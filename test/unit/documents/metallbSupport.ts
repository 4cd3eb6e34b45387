import type { Changes } from "../../support/changedConfiguration";
import type { Known } from "./support";

/** What a user sets of BGP: the key, and the value, which arrives as it is. */
export function bgpKey(key: string, value: unknown): readonly [Changes, unknown] {
  return [{ [`cluster.ingress.metallbBGP.${key}`]: value }, value];
}

/** The BGP sessions have a password. */
export const withPassword: Known = {
  secrets: { clusterAccountPassword: "geheim", bgpPassword: "parole" },
};

/** The frontend nodes have taints. */
export const tainted: Changes = {
  "cluster.nodeGroups[0].nodeTemplate.taints": [
    { effect: "NoExecute", key: "dedicated.deckhouse.io", value: "frontend" },
    { effect: "NoSchedule", key: "example.com/edge" },
  ],
};

/** What pods tolerate that are to run on {@link tainted} nodes. */
export const tolerations = [
  { effect: "NoExecute", key: "dedicated.deckhouse.io", operator: "Equal", value: "frontend" },
  { effect: "NoSchedule", key: "example.com/edge", operator: "Exists" },
];
