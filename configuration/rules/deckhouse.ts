import type { z } from "zod";
import { finding, type Finding } from "../../findings/finding";
import { clusterConfigurationsOf, valuesOf, type Rule } from "../places";
import type { updateWindows } from "../schema/text";
import { certificateFaults } from "../connection";
import { principalParts } from "../../findings/principals";
import { defaultUsername, userPrincipals } from "../resolve/configuration";

/** What every version of Deckhouse accepts as the address of its images. */
const repository = /^[0-9A-Za-z.-]+(:[0-9]{1,5})?(\/[0-9A-Za-z._-]+)*$/;

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
 * The registry's address is a host with a path: Deckhouse puts the scheme before it and a tag behind.
 *
 * Source: deckhouse/deckhouse `candi/openapi/init_configuration.yaml` and
 * `modules/002-deckhouse/openapi/config-values.yaml` (`imagesRepo`).
 */
const imagesRepoIsAnAddress: Rule = function* ({ deckhouse: { imagesRepo } }) {
  if (imagesRepo === undefined || repository.test(imagesRepo)) return;
  const bare = imagesRepo
    .replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "")
    .replace(/^[^/]*@/, "")
    .replace(/(?<=\/[^/]*)[:@].*$/, "")
    .replace(/\/+$/, "");
  yield finding(
    "deckhouse.imagesRepo",
    imagesRepo.replace(/\/\/.*@/, "//<hidden>@"),
    "Deckhouse accepts a host with a path, without a scheme and without a tag, and would refuse the document",
    repository.test(bare)
      ? `write ${bare}`
      : "write it like registry.example.com/deckhouse/ee or registry.example.com:5000/deckhouse/ee",
  );
};

/**
 * A window begins before it ends, on the same day.
 *
 * Source: deckhouse/deckhouse `modules/002-deckhouse/openapi/config-values.yaml` (`update.windows`).
 */
const updateWindowsAreWindows: Rule = function* ({ deckhouse: { update } }) {
  yield* windowFaults("deckhouse.update.windows", update?.windows);
};

type UpdateWindows = z.output<typeof updateWindows>;

/**
 * The faults of windows that end before they begin.
 *
 * @param path where the list stands
 */
export function* windowFaults(path: string, windows: UpdateWindows | undefined): Iterable<Finding> {
  for (const window of valuesOf(path, windows)) {
    const { from, to } = window.value;
    if (minutesOf(from) < minutesOf(to)) continue;
    yield finding(
      `${window.path}.to`,
      to,
      `the window begins at ${from}, so it would never be open`,
      "write a later time; for a window over midnight, write two: one until 23:59, one from 00:00",
    );
  }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** What the Deckhouse that is installed is told: its account in vCenter, certificates, the registry, its updates. */
export const deckhouseRules: readonly Rule[] = [
  clusterAccountIsClear,
  certificatesAreReadable,
  imagesRepoIsAnAddress,
  updateWindowsAreWindows,
];
