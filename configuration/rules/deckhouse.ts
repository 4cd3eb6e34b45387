import { finding } from "../../findings/finding";
import { clusterConfigurationsOf, type Rule } from "../places";
import { hasMetallbResources } from "../schema/deckhouse";
import { certificateFaults } from "../connection";
import { principalParts } from "../../findings/principals";
import { defaultUsername, userPrincipals } from "../resolve/configuration";

/** The greatest port of a BGP peer, and the shortest prefix, in the older settings of the module. */
const greatestPort = 16384;
const shortestPrefix = 1;

/**
 * Deckhouse logs in to vCenter with one account, written as `user@domain`: the one that is named, or the only user of the
 * role.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (`provider`).
 */
const clusterAccountIsClear: Rule = function* (configuration) {
  const path = "clusterAccount.username";
  const { username } = configuration.clusterAccount;
  if (username !== undefined) {
    if (username.includes("@") && principalParts(username) !== undefined) return;
    yield finding(
      path,
      username,
      "Deckhouse accepts the user only in the form user@domain, and could not log in",
      "write it with the domain's DNS name, for example deckhouse@vsphere.local",
    );
    return;
  }
  const isNeeded = clusterConfigurationsOf(configuration).length > 0;
  if (!isNeeded || defaultUsername(configuration) !== undefined) return;
  const users = userPrincipals(configuration);
  // A user without a domain is the fault of another rule.
  if (users.some((name) => principalParts(name) === undefined)) return;
  yield finding(
    path,
    undefined,
    users.length === 1
      ? `the only user of the role, ${users.join()}, is not in the form user@domain that Deckhouse needs`
      : `the cluster configuration needs one account, and the role has ${users.length} users`,
    "name the account, for example deckhouse@vsphere.local",
  );
};

/**
 * The certificates that documents hold are readable. Empty text means none, for Deckhouse too.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (setCABundleIfNeed), and `candi/openapi/`
 * (`registryCA`).
 */
const certificatesAreReadable: Rule = function* (configuration) {
  const { registryCA } = configuration.deckhouse;
  if (registryCA) {
    yield* certificateFaults(
      "deckhouse.registryCA",
      registryCA,
      "no image could be pulled from the registry",
    );
  }
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (!cluster.nsxt?.caBundle) continue;
    yield* certificateFaults(
      `${pathOf("nsxt")}.caBundle`,
      cluster.nsxt.caBundle,
      "NSX-T's certificate could not be verified",
    );
  }
};

/**
 * Before 1.77, MetalLB's settings take narrower values than its custom resources do.
 *
 * Source: deckhouse/deckhouse#18660; `ee/se/modules/380-metallb/openapi/config-values.yaml`.
 */
const metallbFitsTheVersion: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  if (hasMetallbResources(version)) return;
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const path = `${pathOf("ingress")}.metallbBGP`;
    const { routerPort, aggregationLength } = cluster.ingress?.metallbBGP ?? {};
    if (routerPort !== undefined && routerPort > greatestPort) {
      yield finding(
        `${path}.routerPort`,
        routerPort,
        `Deckhouse ${version} accepts ports up to ${greatestPort}, and would refuse the document`,
        `write ${greatestPort} or less, or set deckhouse.version to 1.77 or newer`,
      );
    }
    if (aggregationLength !== undefined && aggregationLength < shortestPrefix) {
      yield finding(
        `${path}.aggregationLength`,
        aggregationLength,
        `Deckhouse ${version} accepts prefixes from ${shortestPrefix} on, and would refuse the document`,
        `write ${shortestPrefix} or more, or set deckhouse.version to 1.77 or newer`,
      );
    }
  }
};

/** What the Deckhouse that is installed accepts: its account in vCenter, certificates, and settings of its version. */
export const deckhouseRules: readonly Rule[] = [
  clusterAccountIsClear,
  certificatesAreReadable,
  metallbFitsTheVersion,
];
