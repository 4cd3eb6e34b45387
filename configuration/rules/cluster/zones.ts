import { repetitionsOf, valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf } from "./nodeGroupPlaces";

/**
 * The zones of a group of nodes are zones of the region. With none in common the installer fails; a single
 * unknown one is left out without a word.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`,
 * `master-node/main.tf` and `static-node/main.tf` (the intersection of zones, then `element()`).
 */
export const groupZonesAreTheRegions: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, cluster, zones }) => {
    const { region } = cluster;
    const known = (region.zones ?? []).map((zone) => zone?.name);
    if (known.includes(undefined)) {
      return [];
    }
    return valuesOf(`${path}.zones`, zones)
      .filter(({ value }) => !known.includes(value))
      .map((place) =>
        finding(
          place.path,
          place.value,
          `${region.name ?? "the region"} has no such zone, and the installer would place no node there ` +
            "or fail",
          `write one of ${known.join(", ")}`,
        ),
      );
  });

/**
 * A group of nodes names a zone once; Deckhouse refuses a list with repetitions.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` (unique items).
 */
export const groupZonesAreDistinct: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, zones }) =>
    repetitionsOf(valuesOf(`${path}.zones`, zones), (zone) => zone).map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same zone, and Deckhouse would refuse the document`,
        "remove one of the two",
      ),
    ),
  );
