import type { ResourceValidationPolicy } from "@pulumi/policy";
import {
  presets,
  privilegeIds,
  readOnlyPrivileges,
  type PresetName,
} from "../configuration/privileges";
import { findingText, type Finding } from "../findings/finding";
import { listed } from "../findings/text";
import { checkedStack, type CheckedStack } from "./stack";

/** How many privileges a message names. */
const mostNamed = 5;

/** What a company may set for the policy. */
interface Settings {
  /** What a role is measured by; without it by the preset that the stack's configuration names. */
  readonly preset?: PresetName;
  /** Privilege ids that a role may have beside it. */
  readonly alsoAllowed?: readonly string[];
}

/** A role has no privilege that its preset lacks: the preset is all that Deckhouse asks for. */
export const rolePrivileges: ResourceValidationPolicy = {
  name: "role-within-preset",
  displayName: "A role has no more than its preset",
  description: "A role has no privilege that Deckhouse does not ask for.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      preset: { type: "string", enum: Object.keys(presets) },
      alsoAllowed: { type: "array", items: { type: "string" } },
    },
  },
  validateResource: (args, report) => {
    const { type, props } = args;
    if (type !== "vsphere:index/role:Role") return;
    const role = { name: String(props["name"]), privileges: props["rolePrivileges"] as string[] };
    const found = surplus(role, args.getConfig<Settings>(), checkedStack(process.env));
    if (found !== undefined) report(findingText(found));
  },
};

/** What a role has beyond the preset; undefined when it has nothing. */
export function surplus(
  role: { readonly name: string; readonly privileges: readonly string[] },
  { preset, alsoAllowed = [] }: Settings,
  stack: CheckedStack,
): Finding | undefined {
  const measure = preset ?? presetOf(stack);
  const allowed = new Set([
    ...privilegeIds(presets[measure]),
    // Of the second role, which a granular grant makes.
    ...privilegeIds(readOnlyPrivileges),
    ...alsoAllowed,
  ]);
  const more = role.privileges.filter((id) => !allowed.has(id)).sort();
  if (more.length === 0) return undefined;
  const [privilege, them] = more.length === 1 ? ["privilege", "it"] : ["privileges", "them"];
  return {
    severity: "error",
    where: `the role ${role.name}`,
    found: `${more.length} ${privilege} more than the preset "${measure}" (${listed(more, mostNamed)})`,
    wrong: `Deckhouse does not ask for ${them}`,
    consequence: `and whoever gets hold of the cluster's password could use ${them} in vCenter`,
    remedy:
      `take ${them} out of deckhouse-vsphere:role (extraPrivileges or privileges), ` +
      `or allow ${them} in alsoAllowed of this policy`,
  };
}

/** The preset that the stack's configuration names, or that which a role has when it names none. */
function presetOf({ values }: CheckedStack): PresetName {
  const role = JSON.parse(values["deckhouse-vsphere:role"] ?? "{}") as {
    readonly preset?: unknown;
  };
  return role.preset === "seed" ? "seed" : "current";
}
