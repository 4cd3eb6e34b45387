import type { Finding } from "../../findings/finding";
import { unmetRequirements } from "../../template/requirements";
import { kindOf } from "../../vcenter/offline";
import { withoutCauses } from "../causes";
import type { Check } from "../check";
import type { TemplateFound } from "../facts";

/**
 * Templates that instance classes name exist, and nodes can be cloned from them: one disk, not larger than the nodes', a
 * network adapter, a hardware version on which disks grow. The one of `templateImage` has a check of its own.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const templates: Check = {
  name: "templates",
  run({ names }, { inventory, templates: found }) {
    const datacenters = new Map(names.map(({ path, datacenter }) => [path, datacenter]));
    const byPath = new Map<string, [TemplateFound, ...TemplateFound[]]>();
    for (const one of found) {
      const users = byPath.get(one.path);
      if (users === undefined) byPath.set(one.path, [one]);
      else users.push(one);
    }
    const all = [...byPath].map(([path, users]) => ({
      path,
      users,
      datacenter: datacenters.get(path),
    }));
    const { sought, skipped } = withoutCauses(inventory, all, ["template", "templates"]);
    return {
      facts: sought.length,
      findings: sought.flatMap(({ path, users }) => faultsOf(inventory.realPath(path), users)),
      skipped,
    };
  },
};

/** What is wrong with a template, once for all instance classes that name it. */
function faultsOf(
  path: string,
  users: readonly [TemplateFound, ...TemplateFound[]],
): readonly Finding[] {
  const [{ at, machine, instead }, ...others] = users;
  const found = JSON.stringify(path);
  const places = [...new Set(others.map((one) => one.at))].filter((one) => one !== at);
  const also = places.length === 0 ? "" : ` (also ${places.join(", ")})`;
  if (machine === undefined) {
    return [
      {
        severity: "error",
        where: at,
        found,
        wrong: `${noTemplate(instead)}${also}`,
        consequence: "and no node could be cloned",
        remedy:
          "correct the template of the instance class, or leave it out there and let templateImage build one",
      },
    ];
  }
  const general = unmetRequirements(at, machine, undefined);
  // The root disk is a matter of the nodes, and the smallest one decides.
  const smallest = users.reduce((least, one) =>
    one.rootDiskSize < least.rootDiskSize ? one : least,
  );
  const disk = unmetRequirements(smallest.at, machine, smallest.rootDiskSize).slice(general.length);
  return [
    ...general.map((one) => ({ ...one, found, wrong: `${one.wrong}${also}` })),
    ...disk.map((one) => ({ ...one, found })),
  ];
}

/** What is wrong where no machine is at a path. @param instead vCenter's type of what is there */
export function noTemplate(instead: string | undefined): string {
  return instead === undefined
    ? "no such template in vCenter, or this account cannot see it"
    : `it is ${kindOf(instead)}, and nodes cannot be cloned from it`;
}
