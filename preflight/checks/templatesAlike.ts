import { pathBelowFolder } from "../../configuration/inventoryPaths";
import type { Finding } from "../../findings/finding";
import { unmetRequirements } from "../../template/requirements";
import type { VirtualMachine } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";

/** A template of one region. */
interface Regional {
  readonly at: string;
  readonly path: string;
  readonly datacenter: string;
  readonly machine: VirtualMachine;
}

/**
 * What is one template to the configuration is the same in every region: its disks, its hardware version, and whose guest
 * tools it has. A warning, because nodes of both can be made.
 */
export const templatesAlike: Check = {
  name: "templatesAlike",
  run(wanted, facts) {
    const groups = templatesByName(wanted, facts).filter((group) => group.length > 1);
    return {
      facts: groups.reduce((sum, group) => sum + group.length, 0),
      findings: groups.flatMap(([first, ...others]) =>
        first === undefined ? [] : others.flatMap((other) => differences(first, other)),
      ),
    };
  },
};

/** The templates of each name that documents have, in the order of the regions, each region once. */
function templatesByName(
  { configuration, names }: Wanted,
  { templates, templateImages = [] }: VCenterFacts,
): (readonly Regional[])[] {
  const datacenters = new Map(configuration.regions.map((one) => [one.name, one.datacenter]));
  const ofNames = new Map(names.map(({ path, datacenter }) => [path, datacenter]));
  const at =
    configuration.templateImage?.kind === "existing"
      ? "templateImage.existing.template"
      : "templateImage";
  const all = [
    ...templates.map((one) => {
      const datacenter = ofNames.get(one.path) ?? "";
      return { ...one, datacenter, key: pathBelowFolder(datacenter, one.path) ?? one.path };
    }),
    ...templateImages.map((one) => ({
      ...one,
      ...{ at, key: "/", datacenter: datacenters.get(one.region) ?? "" },
    })),
  ];
  const groups = new Map<string, Map<string, Regional>>();
  for (const { key, at: place, path, datacenter, machine } of all) {
    // What nodes cannot be cloned from is told as that.
    if (machine === undefined || unmetRequirements(place, machine, undefined).length > 0) continue;
    const group = groups.get(key) ?? new Map<string, Regional>();
    if (!group.has(datacenter)) group.set(datacenter, { at: place, path, datacenter, machine });
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => [...group.values()]);
}

function differences(first: Regional, other: Regional): Finding[] {
  const compared = [
    ["has", disksOf(other.machine), disksOf(first.machine)],
    ["has hardware version", other.machine.hardwareVersion, first.machine.hardwareVersion],
    ["has", toolsOf(other.machine), toolsOf(first.machine)],
  ] as const;
  const told = compared.flatMap(([verb, here, there]) =>
    here === undefined || there === undefined || here === there
      ? []
      : [`it ${verb} ${here} where ${first.path} has ${there}`],
  );
  if (told.length === 0) return [];
  return [
    {
      severity: "warning",
      where: other.at,
      found: JSON.stringify(other.path),
      wrong: told.join("; "),
      consequence: "so nodes of the two regions would not be alike",
      remedy: "clone one of the two into the other region, or name a template for each group there",
    },
  ];
}

const bytesPerGibibyte = 1024 ** 3;

function disksOf({ disks }: VirtualMachine): string {
  const sizes = disks.map(({ capacityBytes }) => capacityBytes / bytesPerGibibyte);
  const shown = sizes.map((size) => `${Number.isInteger(size) ? size : size.toFixed(3)} GiB`);
  return `${sizes.length} disk${sizes.length === 1 ? "" : "s"} (${shown.join(", ")})`;
}

/**
 * Whose guest tools a template has; undefined where vCenter does not say, as before the first start. Whether they are
 * current depends on the host, and says nothing of the template.
 *
 * Source: VMware vSphere API reference, VirtualMachineToolsVersionStatus.
 */
function toolsOf({ toolsStatus }: VirtualMachine): string | undefined {
  if (toolsStatus === undefined) return undefined;
  if (toolsStatus === "guestToolsNotInstalled") return "no guest tools";
  return toolsStatus === "guestToolsUnmanaged" ? "open-vm-tools" : "VMware's own guest tools";
}
