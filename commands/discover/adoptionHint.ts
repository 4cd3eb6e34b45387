import type { Configuration } from "../../configuration";
import { isSameName, listed, visibleLine } from "../../findings/text";
import type { Proposal } from "./proposal";

/** How many names the hint has at most. */
const mostNames = 8;

/**
 * What to do about things that a stack's file names, that vCenter has already, and of which the file does not say so: `pulumi
 * up` would refuse them, unless the stack's own state has them, which only the command that is named looks at.
 *
 * @param proposal what the file would be like, with the categories of the file
 * @returns undefined when there are none
 */
export function adoptionHint(
  stack: string,
  { regions, categories, role }: Configuration,
  proposal: Proposal,
): string | undefined {
  const names = [
    ...(["region", "zone"] as const)
      .filter((kind) => !categories[kind].existing && proposal.categories[kind].existing)
      .map((kind) => categories[kind].name),
    ...regions.flatMap((region) => {
      const other = proposal.regions.find(({ datacenterPath }) =>
        isSameName(datacenterPath, region.datacenter),
      );
      return [
        ...unsaid(region, other),
        ...region.zones.flatMap((zone) =>
          unsaid(
            zone,
            other?.zones.find(({ clusterPath }) => isSameName(clusterPath, zone.cluster)),
          ),
        ),
      ];
    }),
    ...(role === undefined ? [] : unsaid(role, proposal.role)),
  ];
  if (names.length === 0) return undefined;
  return visibleLine(
    `vCenter has ${listed(names, mostNames)} already, and the file does not say so (existing: true). What this stack did not ` +
      `make itself, it goes on with by: npm run adopt -- --stack ${stack}`,
  );
}

interface Named {
  readonly name: string;
  readonly existing: boolean;
}

function unsaid(written: Named, there: Named | undefined): string[] {
  const isThere = there?.existing === true && isSameName(there.name, written.name);
  return isThere && !written.existing ? [written.name] : [];
}
