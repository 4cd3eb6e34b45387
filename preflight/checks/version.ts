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
  run(_wanted, { about }) {
    const major = Number(about.version.split(".")[0]);
    const isHost = about.apiType !== "VirtualCenter";
    if (isHost) {
      return {
        facts: 1,
        findings: [
          {
            severity: "error",
            where: "vsphere:vsphereServer",
            found: JSON.stringify(about.fullName),
            wrong: "it is a single host, which has no tags and no datacenters to choose from",
            consequence: "and Deckhouse needs a vCenter",
            remedy: "write the address of the vCenter that manages the host",
          },
        ],
      };
    }
    if (major >= oldest && major <= newest) return { facts: 1, findings: [] };
    return {
      facts: 1,
      findings: [
        {
          severity: major < oldest ? "error" : "warning",
          where: "vsphere:vsphereServer",
          found: JSON.stringify(about.fullName),
          wrong: `Deckhouse supports vSphere ${oldest} and ${newest}`,
          consequence:
            major < oldest
              ? "and its drivers need what this version does not have"
              : "and nobody has tried it with this version",
          remedy:
            major < oldest
              ? `upgrade vCenter to ${newest}`
              : "ask Deckhouse's support before you install",
        },
      ],
    };
  },
};
