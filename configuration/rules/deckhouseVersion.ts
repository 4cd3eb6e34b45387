import { finding } from "../../findings/finding";
import {
  deckhouseHas,
  deckhouseVersion,
  deckhouseVersions,
  firstVersionWith,
} from "../deckhouseVersions";
import { clusterConfigurationsOf, type Rule } from "../places";
import { ingressesOf } from "./ingress/ingressPlaces";

/** The greatest port of a BGP peer, and the shortest prefix, in the older settings of the module. */
const greatestPort = 16384;
const shortestPrefix = 1;

/**
 * Each version of Deckhouse installs a few versions of Kubernetes. What an unknown one installs is left to it.
 *
 * Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml` (`kubernetesVersion`).
 */
const kubernetesIsAccepted: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  const accepted = deckhouseVersion(version)?.kubernetes;
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { kubernetesVersion: wanted = "Automatic", controlPlane } = cluster;
    // Where nothing is installed, it is the fault of another rule.
    if (accepted === undefined || controlPlane === "elsewhere") continue;
    if (wanted === "Automatic" || accepted.includes(wanted)) continue;
    yield finding(
      pathOf("kubernetesVersion"),
      wanted,
      `Deckhouse ${version} installs Kubernetes ${accepted[0]} to ${accepted.at(-1)}, and would refuse the document`,
      `write one of ${accepted.join(", ")} or Automatic${otherVersions("kubernetes", wanted)}`,
    );
  }
};

/**
 * Each version of Deckhouse has a few versions of the ingress controller. What an unknown one has is left to it.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` (`controllerVersion`).
 */
const ingressControllerIsAccepted: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  const accepted = deckhouseVersion(version)?.ingressControllers;
  for (const { path, ingress } of ingressesOf(configuration)) {
    const wanted = ingress.controllerVersion;
    if (accepted === undefined || wanted === undefined || accepted.includes(wanted)) continue;
    yield finding(
      `${path}.controllerVersion`,
      wanted,
      `Deckhouse ${version} has the controllers ${accepted.join(", ")}, and would refuse the document`,
      `write one of them${otherVersions("ingressControllers", wanted)}`,
    );
  }
};

/** `, or set deckhouse.version to 1.74`: where a version of something is accepted. */
function otherVersions(key: "kubernetes" | "ingressControllers", wanted: string): string {
  const others = deckhouseVersions.filter((known) => known[key].includes(wanted));
  return others.length === 0
    ? ""
    : `, or set deckhouse.version to ${others.map(({ version }) => version).join(" or ")}`;
}

/** The release channel `LTS` is newer than the others. */
const releaseChannelExists: Rule = function* ({ deckhouse: { version, releaseChannel } }) {
  if (releaseChannel !== "LTS" || deckhouseHas(version, "ltsChannel")) return;
  yield finding(
    "deckhouse.releaseChannel",
    releaseChannel,
    `Deckhouse ${version} has no such channel, and would refuse the document`,
    `write RockSolid, or set deckhouse.version to ${firstVersionWith("ltsChannel")} or newer`,
  );
};

/** How nodes get images is a setting of the module, which took the place of a section of `InitConfiguration`. */
const registryModeExists: Rule = function* ({ deckhouse: { version, registryMode } }) {
  if (registryMode === undefined || deckhouseHas(version, "registrySettings")) return;
  yield finding(
    "deckhouse.registryMode",
    registryMode,
    `for Deckhouse ${version} the registry is in InitConfiguration, which has no mode, so this would have no effect`,
    `remove it, or set deckhouse.version to ${firstVersionWith("registrySettings")} or newer`,
  );
};

/**
 * NSX-T's certificate is verified against given certificates only by later versions.
 *
 * Source: deckhouse/deckhouse#21245.
 */
const nsxtCertificatesAreAccepted: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  if (deckhouseHas(version, "certificateAuthorities")) return;
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    if (!cluster.nsxt?.caBundle) continue;
    yield finding(
      `${pathOf("nsxt")}.caBundle`,
      "<certificates>",
      `Deckhouse ${version} accepts no certificates here, and would refuse the document`,
      `set deckhouse.version to ${firstVersionWith("certificateAuthorities")} or newer; or remove them and set ` +
        "insecureFlag: true, and whoever gets between the cluster and NSX-T can read the password",
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
  if (deckhouseHas(version, "metallbResources")) return;
  const newer = `set deckhouse.version to ${firstVersionWith("metallbResources")} or newer`;
  for (const { path: base, ingress } of ingressesOf(configuration)) {
    const path = `${base}.metallbBGP`;
    const { routerPort, aggregationLength } = ingress.metallbBGP ?? {};
    if (routerPort !== undefined && routerPort > greatestPort) {
      yield finding(
        `${path}.routerPort`,
        routerPort,
        `Deckhouse ${version} accepts ports up to ${greatestPort}, and would refuse the document`,
        `write ${greatestPort} or less, or ${newer}`,
      );
    }
    if (aggregationLength !== undefined && aggregationLength < shortestPrefix) {
      yield finding(
        `${path}.aggregationLength`,
        aggregationLength,
        `Deckhouse ${version} accepts prefixes from ${shortestPrefix} on, and would refuse the document`,
        `write ${shortestPrefix} or more, or ${newer}`,
      );
    }
  }
};

/** What the version of Deckhouse that is installed accepts. */
export const deckhouseVersionRules: readonly Rule[] = [
  kubernetesIsAccepted,
  ingressControllerIsAccepted,
  releaseChannelExists,
  registryModeExists,
  nsxtCertificatesAreAccepted,
  metallbFitsTheVersion,
];
