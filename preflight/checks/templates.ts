import { unmetRequirements } from "../../template/requirements";
import type { Check } from "../check";

/**
 * Templates that instance classes name exist, and nodes can be cloned from them: one disk, not larger than the nodes', a
 * network adapter, a hardware version on which disks grow. The one of `templateImage` is made or checked by `pulumi up`.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const templates: Check = {
  name: "templates",
  run(_wanted, { templates: found }) {
    return {
      facts: found.length,
      findings: found.flatMap(({ at, path, machine, rootDiskSize }) =>
        machine === undefined
          ? [
              {
                severity: "error" as const,
                where: at,
                found: JSON.stringify(path),
                wrong: "no such template in vCenter, or this account cannot see it",
                consequence: "and no node could be cloned",
                remedy:
                  "correct the template of the instance class, or leave it out there and let templateImage build one",
              },
            ]
          : unmetRequirements(at, machine, rootDiskSize).map((finding) => ({
              ...finding,
              found: JSON.stringify(path),
            })),
      ),
    };
  },
};
