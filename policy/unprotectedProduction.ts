import type { StackValidationPolicy } from "@pulumi/policy";
import { dynamicTypeToken } from "../components/dynamic/dynamicType";
import { findingText, type Finding } from "../findings/finding";
import { listed } from "../findings/text";
import { checkedStack } from "./stack";

/** How many resources the message names. */
const mostNamed = 3;

/** Names of stacks that are taken for production, `*` for any characters. */
export const usualProductionStacks = ["prod", "production", "prod-*", "*-prod", "*-production"];

/** The resources that a running cluster stands on: deleting one takes something from it. */
const worthProtecting: ReadonlySet<string> = new Set([
  "vsphere:index/tagCategory:TagCategory",
  "vsphere:index/tag:Tag",
  "vsphere:index/role:Role",
  dynamicTypeToken("tagAttachments", "TagAttachments"),
  dynamicTypeToken("permission", "Permission"),
]);

/** What is looked at of a resource. */
export interface ProtectableResource {
  readonly type: string;
  readonly name: string;
  readonly opts: { readonly protect: boolean };
}

/** What a production stack made is protected from deletion. One message for the stack, when all its resources are known. */
export const unprotectedProduction: StackValidationPolicy = {
  name: "protected-production",
  displayName: "A production stack is protected",
  description: "Nobody deletes what a running cluster stands on by a single command.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      stacks: { type: "array", items: { type: "string" }, default: usualProductionStacks },
    },
  },
  validateStack: (args, report) => {
    const { stacks = usualProductionStacks } = args.getConfig<{ readonly stacks?: string[] }>();
    const found = unprotected(checkedStack(process.env).name, args.resources, stacks);
    if (found !== undefined) report(findingText(found));
  },
};

/**
 * What is unprotected in a production stack; undefined when nothing is, or when the stack is not one.
 *
 * @param production the names of such stacks, `*` for any characters
 */
export function unprotected(
  stack: string,
  resources: readonly ProtectableResource[],
  production: readonly string[],
): Finding | undefined {
  if (!production.some((pattern) => matches(stack, pattern))) return undefined;
  const bare = resources
    .filter(({ type, opts }) => worthProtecting.has(type) && !opts.protect)
    .map(({ name }) => name)
    .sort();
  if (bare.length === 0) return undefined;
  const [noun, them] = bare.length === 1 ? ["resource", "it"] : ["resources", "them"];
  return {
    severity: "error",
    where: `the stack ${stack}`,
    found: `${bare.length} unprotected ${noun} (${listed(bare, mostNamed)})`,
    wrong: `\`pulumi destroy\`, or a region that is taken out by mistake, deletes ${them}`,
    consequence: `and the cluster that stands on ${them} can make no machine and no volume any more`,
    remedy: "run `pulumi config set deckhouse-vsphere:protect true`, and `pulumi up`",
  };
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
