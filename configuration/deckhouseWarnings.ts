import { warning, type Finding } from "../findings/finding";
import { ingressesOf, type Cluster, type Deckhouse } from "./clusterTypes";
import { deckhouseHas, deckhouseVersion, deckhouseVersions } from "./deckhouseVersions";
import type { Configuration } from "./types";

/** Editions by the last part of an address of images, and what they lack. */
const lackingEditions: Readonly<Record<string, "provider" | "bgp">> = {
  ce: "provider",
  be: "provider",
  se: "provider",
  "se-plus": "bgp",
};

/** What a user should know about the Deckhouse that is to be installed, if any is. */
export function* deckhouseWarnings({ regions, deckhouse }: Configuration): Iterable<Finding> {
  const clusters = regions.flatMap(({ cluster }) => cluster ?? []);
  if (clusters.length === 0) return;
  yield* versionWarnings(deckhouse);
  yield* bundleWarnings(deckhouse, clusters);
  yield* editionWarnings(deckhouse, clusters);
  yield* announcementWarnings(deckhouse, clusters);
  if (deckhouse.insecureVCenter) {
    yield warning(
      "deckhouse.insecureVCenter",
      "Deckhouse does not verify vCenter's certificate, and whoever gets between the two can read the account's password",
      "remove it as soon as deckhouse.version is 1.78 or newer",
    );
  }
}

/** A version that nobody has read yet may take other documents than the last one that somebody has. */
function* versionWarnings({ version }: Deckhouse): Iterable<Finding> {
  const [first, last] = [deckhouseVersions.at(0), deckhouseVersions.at(-1)];
  if (deckhouseVersion(version) !== undefined || first === undefined || last === undefined) return;
  const isOlder = Number(version.split(".")[1]) < Number(first.version.split(".")[1]);
  yield warning(
    "deckhouse.version",
    isOlder
      ? `this program knows Deckhouse from ${first.version} on, and writes for ${version} what ${first.version} takes`
      : `the last Deckhouse that this program knows is ${last.version}, and it writes for ${version} what that takes; ` +
          "versions of Kubernetes and of the ingress controller are not checked",
    isOlder
      ? `install ${first.version} or newer, or compare the documents with the reference of ${version}`
      : `look for a newer version of this program, or compare the documents with the reference of ${version}`,
  );
}

/**
 * Modules that a cluster in vSphere cannot do without are in the bundle `Default`.
 *
 * Source: deckhouse/deckhouse `modules/002-deckhouse/openapi/config-values.yaml` (`bundle`).
 */
function* bundleWarnings({ bundle }: Deckhouse, clusters: readonly Cluster[]): Iterable<Finding> {
  if (bundle === "Default" || clusters.every(({ controlPlane }) => controlPlane === "elsewhere")) {
    return;
  }
  yield warning(
    "deckhouse.bundle",
    bundle === "Minimal"
      ? "the bundle Minimal enables Deckhouse alone: without a network plugin, the vSphere provider and the manager of " +
          "nodes the cluster does not come up"
      : "the bundle Managed is for a control plane that a cloud provider manages, and has no modules for your own masters",
    "write Default, or enable the modules that are missing",
  );
}

/**
 * Editions differ in modules; a registry of one's own may have any name, so this is no more than a guess.
 *
 * Source: deckhouse/deckhouse, folders `ee/se-plus/modules` (030-cloud-provider-vsphere) and `ee/modules` (BGP of
 * MetalLB).
 */
function* editionWarnings(
  { imagesRepo = "" }: Deckhouse,
  clusters: readonly Cluster[],
): Iterable<Finding> {
  const edition = /\/([a-z-]+)$/.exec(imagesRepo)?.[1] ?? "";
  const lacks = Object.hasOwn(lackingEditions, edition) ? lackingEditions[edition] : undefined;
  const hasBgp = clusters.flatMap(ingressesOf).some(({ kind }) => kind === "metallbBGP");
  if (lacks === undefined || (lacks === "bgp" && !hasBgp)) return;
  yield warning(
    "deckhouse.imagesRepo",
    lacks === "provider"
      ? `the edition ${edition} has no vSphere provider, and the installer would stop`
      : `the edition ${edition} has MetalLB without BGP, and nobody would announce the addresses`,
    lacks === "provider" ? "use se-plus or ee" : "use ee, or metallbL2",
  );
}

/**
 * The settings of MetalLB before 1.77 have addresses and routers, and nothing that says which go together.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/openapi/config-values.yaml` at v1.76.2 (`addressPools`).
 */
function* announcementWarnings(
  { version }: Deckhouse,
  clusters: readonly Cluster[],
): Iterable<Finding> {
  const isMixed = clusters.some(
    (cluster) => ingressesOf(cluster).filter(({ kind }) => kind === "metallbBGP").length > 1,
  );
  if (!isMixed || deckhouseHas(version, "metallbResources")) return;
  yield warning(
    "deckhouse.version",
    `MetalLB of Deckhouse ${version} announces the addresses of every ingress controller to the routers of all of them`,
    "let the routers refuse what is not for them, or write 1.77 or newer",
  );
}
