import { repetitionsOf, valuesOf } from "../../places";
import { pathText, finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf } from "./nodeGroupPlaces";

const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelPrefix = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const longestPrefix = 253;

/**
 * Labels have the form that Kubernetes takes.
 *
 * Source: Kubernetes, "Labels and Selectors", syntax and character set.
 */
export const labelsFitKubernetes: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, nodeTemplate }) =>
    Object.entries(nodeTemplate?.labels ?? {})
      .filter(([key, value]) => !isLabelKey(key) || !(value === "" || labelName.test(value ?? "")))
      .map(([key, value]) =>
        finding(
          `${path}.nodeTemplate.${pathText(["labels", key])}`,
          value,
          `${isLabelKey(key) ? "the value" : "the key"} is not one that a label can have, and Kubernetes would refuse it`,
          "use up to 63 letters, digits, dashes, underscores and dots, a letter or digit at both ends",
        ),
      ),
  );

/**
 * No two taints of a group have the same key and effect.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/webhooks/validating/node_group`.
 */
export const taintsAreDistinct: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, nodeTemplate }) =>
    repetitionsOf(valuesOf(`${path}.nodeTemplate.taints`, nodeTemplate?.taints), (taint) =>
      JSON.stringify([taint.key, taint.effect]),
    ).map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} has the same key and effect, and Deckhouse would refuse the group`,
        "leave one of the two",
      ),
    ),
  );

function isLabelKey(key: string): boolean {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  return (
    rest.length === 0 &&
    labelName.test(name) &&
    (prefix === undefined || (labelPrefix.test(prefix) && prefix.length <= longestPrefix))
  );
}
