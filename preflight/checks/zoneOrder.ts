import type { Region } from "../../configuration";
import type { Finding } from "../../findings/finding";
import type { Check } from "../check";
import { earlierOf } from "../ours";

/**
 * The zones of each region that were there at the last `up` are at the same places of the list. The installer puts node i
 * of the masters, and of each group of permanent nodes without zones of its own, into the zone at place i of the list; when
 * the list changes it plans to delete nodes and make them elsewhere. Zones at the end move nobody who had a place of his own.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/main.tf`
 * and `static-node/main.tf` (`element(local.zones, var.nodeIndex)`).
 */
export const zoneOrder: Check = {
  name: "zoneOrder",
  run(wanted) {
    const { regions } = wanted.configuration;
    if (wanted.earlier === "unknown") {
      return {
        findings: [],
        facts: 0,
        skipped: "no state says in which order the zones were: pulumi preview knows",
      };
    }
    const { topology } = earlierOf(wanted);
    return {
      facts: regions.reduce((sum, { zones }) => sum + zones.length, 0),
      findings: regions.flatMap((region, index) =>
        moved(
          region,
          topology[region.name] ?? topology[region.formerName ?? ""] ?? [],
          `regions[${index}].zones`,
        ),
      ),
    };
  },
};

function moved({ zones, cluster }: Region, before: readonly string[], where: string): Finding[] {
  const now = zones.map(({ name }) => name);
  const places = zones.flatMap(({ name, formerName = name }, place) => {
    const earlier = before.indexOf(before.includes(name) ? name : formerName);
    return earlier >= 0 && earlier !== place
      ? [`${name} was at place ${earlier + 1} and is at ${place + 1}`]
      : [];
  });
  if (places.length === 0) return [];
  const hasOwnZones =
    cluster?.controlPlane === "vSphere" && cluster.masterNodeGroup.zones !== undefined;
  return [
    {
      severity: "warning",
      where,
      found: now.join(", "),
      wrong: `the zones are not at the places where they were at the last pulumi up: ${places.join("; ")}`,
      consequence: hasOwnZones
        ? "and the installer would make permanent nodes of groups without zones of their own anew in other zones"
        : "and the installer places masters by it: it would delete masters and make them anew in other zones",
      remedy:
        `put them in the order that they had (${before.join(", ")}), with new zones at the end; or, where these nodes may be ` +
        "made anew, read what dhctl plans before you let it",
    },
  ];
}
