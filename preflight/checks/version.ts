import type { Finding } from "../../findings/finding";
import type { AboutVCenter } from "../../vcenter";
import type { Check } from "../check";

/** The oldest and the newest vSphere that Deckhouse names. */
const oldest = 7;
const newest = 8;

/**
 * The version is one that Deckhouse supports.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`, which names
 * vSphere 7 and 8.
 */
export const version: Check = {
  name: "version",
  run: (_wanted, { about }) => ({ facts: 1, findings: versionFindings(about) }),
};

/** What is wrong with a vCenter by what it says of itself, which takes no login. */
export function versionFindings({ apiType, fullName, version: said }: AboutVCenter): Finding[] {
  const where = "vsphere:vsphereServer";
  const found = JSON.stringify(fullName);
  if (apiType !== "VirtualCenter") {
    return [
      {
        ...{ severity: "error", where, found },
        wrong: "it is a single host, which has no tags and no datacenters to choose from",
        consequence: "and Deckhouse needs a vCenter",
        remedy: "write the address of the vCenter that manages the host",
      },
    ];
  }
  const major = Number(said.split(".")[0]);
  if (major >= oldest && major <= newest) return [];
  const isOld = major < oldest;
  return [
    {
      ...{ severity: isOld ? "error" : "warning", where, found },
      wrong: `Deckhouse supports vSphere ${oldest} and ${newest}`,
      consequence: isOld
        ? "and its drivers need what this version does not have"
        : "and nobody has tried it with this version",
      remedy: isOld ? `upgrade vCenter to ${newest}` : "ask Deckhouse's support before you install",
    },
  ];
}
