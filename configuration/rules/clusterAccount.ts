import { defaultUsername, userPrincipals } from "../clusterAccount";
import { clusterConfigurationsOf } from "../clusterConfigurations";
import { principalParts } from "../../findings/principals";
import { finding } from "../../findings/finding";
import type { Rule } from "./rule";

/**
 * A cluster configuration needs one account, as `user@domain`: named, or the only user of the role.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`provider`).
 */
export const clusterAccountIsClear: Rule = (draft, faulty) => {
  const path = "clusterAccount.username";
  const username = draft.clusterAccount?.username;
  if (username !== undefined) {
    return username.includes("@") && principalParts(username) !== undefined
      ? []
      : [
          finding(
            path,
            username,
            "Deckhouse takes the user in the form user@domain only, and could not log in",
            "write it with the domain's DNS name, for example deckhouse@vsphere.local",
          ),
        ];
  }
  const needed = clusterConfigurationsOf(draft).length > 0;
  if (!needed || faulty("clusterAccount") || faulty("role.principals") || !draft.role) {
    return [];
  }
  const users = userPrincipals(draft);
  if (defaultUsername(draft) !== undefined || users.some((name) => !principalParts(name))) {
    return [];
  }
  return [
    finding(
      path,
      undefined,
      users.length === 1
        ? `the only user of the role, ${users[0] ?? ""}, is not in the form user@domain that Deckhouse takes`
        : `the cluster configuration needs one account, and the role has ${users.length} users`,
      "name the account, for example deckhouse@vsphere.local",
    ),
  ];
};
